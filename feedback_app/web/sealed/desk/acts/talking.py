"""What is said to the reporter, who reads it with the receipt."""

from flask_babel import lazy_gettext as _l

from feedback_app.confidential.services import working
from feedback_app.web.sealed.desk import forms
from feedback_app.web.sealed.desk.acts.shape import Act, talking

TALK = (
    Act(
        "ask",
        "hoi",
        _l("Hỏi người báo cáo"),
        _l("Câu hỏi hiện ra khi người báo cáo nhập mã nhận. Không hỏi điều làm lộ họ là ai."),
        _l("Câu hỏi đã được ghi, người báo cáo đọc được bằng mã nhận."),
        forms.TextForm,
        lambda s, u, r, f, on: working.ask(s, u, r, f.text.data, on=on),
        talking,
        "talk",
    ),
    Act(
        "tell",
        "thong-bao",
        _l("Thông báo cho người báo cáo"),
        _l("Thông báo hiện ra khi người báo cáo nhập mã nhận; hệ thống không gửi thư hay tin nhắn cho họ."),
        _l("Thông báo đã được ghi, người báo cáo đọc được bằng mã nhận."),
        forms.TextForm,
        lambda s, u, r, f, on: working.tell(s, u, r, f.text.data, on=on),
        talking,
        "talk",
    ),
)
