-- Tickets with all that stands beside them, for bench/corpus.py, which names the ids and the parts they are made of.
-- The first ones are open at the first agency, every twentieth of the rest at one of the others.
INSERT INTO ticket (
  id, code, kind, field, title, body, folded,
  status, clock, round, sensitive, hide_identity, publish_consent,
  received_at, received_on, due_on, due_estimated, due_confirmed, answered_on, closed_on,
  profile_id, calendar_id, lead_id, holder_id,
  channel, channel_code, dossier_code, letters, project_code, submission, is_sample, version
)
SELECT
  s.id, s.code, 'obstacle', f.field, t.title || ' việc ' || s.id, t.body,
  lower(s.code) || ' ' || t.folded_title || ' viec ' || s.id || ' ' || t.folded_body,
  CASE WHEN s.is_open THEN 'assigned' ELSE 'closed' END, CASE WHEN s.is_open THEN 'open' ELSE 'closed' END,
  1, false, s.id % 10 = 0, false,
  d.at, d.day, d.due, false, false,
  CASE WHEN s.is_open THEN NULL ELSE d.answered END, CASE WHEN s.is_open THEN NULL ELSE d.closed END,
  :profile, :calendar, a.id, a.id,
  'web', '', '', '', '', 'bench-' || s.id, false, 1
FROM (
  SELECT
    n AS id, 'KH-2026-' || substr('0000000' || n, length(n || '') + 1) AS code,
    n <= :open_here OR n % 20 = 7 AS is_open, n <= :open_here AS is_here
  FROM {numbers}
) AS s
JOIN bench_text AS t ON t.n = s.id % :texts
JOIN bench_agency AS a ON a.n = CASE
  WHEN s.is_here THEN 0 WHEN s.is_open THEN 1 + s.id % (:agencies - 1) ELSE s.id % :agencies END
JOIN bench_day AS d ON d.n = CASE WHEN s.is_open THEN (s.id * 7) % :days_open ELSE (CAST(s.id AS bigint) * 7919) % :days END
JOIN bench_field AS f ON f.n = s.id % :fields;

INSERT INTO filer (
  ticket_id, filer_type, name, identifier, folded, on_behalf_of, contact_name, phone, email, address, locale
)
SELECT
  id, 'enterprise', 'Công ty Mẫu ' || (id % 30000), '42' || (10000000 + id % 30000),
  'cong ty mau ' || (id % 30000) || ' 42' || (10000000 + id % 30000), '', '', '', '', '', 'vi'
FROM ticket;

INSERT INTO assignment (
  ticket_id, agency_id, part, round, started_at, started_on, provisional, rule, reason_vi, reason_en, candidates
)
SELECT id, lead_id, 'lead', 1, received_at, received_on, false, '', '', '', '{}' FROM ticket;

INSERT INTO clock_event (ticket_id, round, kind, "on", note, at)
SELECT id, 1, 'start', received_on, '', received_at FROM ticket;

INSERT INTO timeline_entry (ticket_id, kind, at, public, data)
SELECT id, 'filed', received_at, true, '{}' FROM ticket;

INSERT INTO timeline_entry (ticket_id, kind, at, public, data, agency_id)
SELECT id, 'assigned', received_at, true, '{}', lead_id FROM ticket;

INSERT INTO answer (
  ticket_id, round, agency_id, author_id, outcome, reason_code, text, legal_refs, letter_number, letter_signer, at, "on"
)
SELECT
  id, 1, lead_id, :author, 'answered', '', 'Cơ quan đã kiểm tra và trả lời việc ' || id, '', '', '',
  received_at, answered_on
FROM ticket WHERE clock = 'closed';
