// Saves the receipt as a picture: the browser draws the words and the QR of the page on a canvas; nothing leaves the machine.
(function () {
  'use strict';
  const card = document.getElementById('receipt');
  const button = document.querySelector('button[data-act="save-receipt"]');
  if (!card || !button) return;
  button.hidden = false;
  button.addEventListener('click', save);

  const WIDTH = 1080, EDGE = 64, QR = 320;

  function save() {
    const terms = Array.from(card.querySelectorAll('dt')).map((term) => [term.textContent.trim(), term.nextElementSibling.textContent.trim()]);
    const canvas = document.createElement('canvas');
    const draw = canvas.getContext('2d');
    canvas.width = WIDTH;
    canvas.height = 300 + terms.length * 120 + QR + 2 * EDGE;
    draw.fillStyle = '#fff';
    draw.fillRect(0, 0, WIDTH, canvas.height);
    head(draw);
    const bottom = body(draw, terms, 320);
    qr(draw, bottom + 24);
    canvas.toBlob(download, 'image/png');
  }

  function head(draw) {
    draw.fillStyle = getComputedStyle(card.querySelector('.receipt-head')).backgroundColor;
    draw.fillRect(0, 0, WIDTH, 230);
    write(draw, card.dataset.title, 36, 90, '#fff');
    write(draw, card.querySelector('.receipt-number').textContent, 64, 175, '#fff', 700);
  }

  function body(draw, terms, from) {
    terms.forEach(([term, value], index) => {
      write(draw, term, 30, from + index * 120, '#4A5A68');
      write(draw, value, 42, from + index * 120 + 52, '#14202B', 650);
    });
    return from + terms.length * 120;
  }

  function write(draw, text, size, y, colour, weight) {
    draw.font = (weight || 400) + ' ' + size + 'px ' + getComputedStyle(document.body).fontFamily;
    draw.fillStyle = colour;
    draw.fillText(text, EDGE, y, WIDTH - 2 * EDGE);
  }

  function qr(draw, y) {
    const picture = card.querySelector('.receipt-qr svg');
    if (!picture) return;
    const path = picture.querySelector('path');
    const scale = QR / picture.viewBox.baseVal.width;
    const own = path.transform.baseVal.numberOfItems ? path.transform.baseVal.getItem(0).matrix.a : 1;
    draw.save();
    draw.translate(EDGE, y);
    draw.scale(scale * own, scale * own);
    draw.strokeStyle = '#000';
    draw.lineWidth = 1;
    draw.stroke(new Path2D(path.getAttribute('d')));
    draw.restore();
  }

  function download(blob) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = card.dataset.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
})();
