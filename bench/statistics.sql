-- Tickets over two years for bench/statistics.py: forty agencies, sixty fields. The newest are open, of twenty one was
-- withdrawn, one moved, one paused, one disputed. What happened follows from the number: every run has the same tickets.
INSERT INTO "user" (email, name, phone, password_hash, locale, created_at)
VALUES ('bench@example.vn', 'Cán bộ', '', '', 'vi', now());

CREATE TEMPORARY TABLE case_ AS
SELECT n AS id, CAST(:first AS date) + (n * 7919 % CAST(:days AS int))::int AS day, 1 + n % :agencies AS agency, 'f' || n / 40 % :fields AS field,
       n % 20 AS turn, (n / 20 % 10)::int AS speed
FROM generate_series(1, CAST(:count AS bigint)) AS g(n);

INSERT INTO ticket (
  id, code, kind, field, title, body, folded, status, clock, round, sensitive, hide_identity, publish_consent,
  received_at, received_on, due_on, due_estimated, due_confirmed, answered_on, closed_on, profile_id, calendar_id,
  lead_id, holder_id, channel, channel_code, dossier_code, letters, project_code, submission, is_sample, version
)
SELECT
  id, 'KH-2026-' || lpad(id::text, 7, '0'), 'obstacle', field, 'Việc ' || id, '', '',
  CASE WHEN turn = 1 THEN 'withdrawn' WHEN is_open THEN 'in_work' WHEN turn = 4 THEN 'answered' ELSE 'closed' END,
  CASE WHEN turn = 1 THEN 'closed' WHEN is_open THEN 'open' WHEN turn = 4 THEN 'answered' ELSE 'closed' END,
  CASE WHEN turn = 4 AND NOT is_open THEN 2 ELSE 1 END, false, false, false, day + time '03:00', day, day + 14, false,
  false, CASE WHEN is_open OR turn = 1 THEN NULL WHEN turn = 4 THEN day + 40 ELSE day + 5 + speed END,
  CASE WHEN turn = 1 THEN day WHEN is_open OR turn = 4 THEN NULL ELSE day + 22 END, :profile, :calendar, agency, agency, 'web', '', '', '', '',
  'bench-' || id, false, 1
FROM (SELECT *, day > CAST(:first AS date) + CAST(:days AS int) - 45 AND (turn IN (0, 4) OR day > CAST(:first AS date) + CAST(:days AS int) - 22) AS is_open FROM case_) AS c;

CREATE TEMPORARY TABLE open_ AS SELECT id FROM ticket WHERE clock = 'open';

INSERT INTO clock_event (ticket_id, round, kind, "on", note, at)
SELECT id, 1, 'start', day, '', day + time '03:00' FROM case_
UNION ALL SELECT id, 1, 'pause', day + 2, 'enterprise: x', day + 2 + time '03:00' FROM case_ WHERE turn = 3
UNION ALL SELECT id, 1, 'resume', day + 4, '', day + 4 + time '03:00' FROM case_ WHERE turn = 3
UNION ALL SELECT id, 2, 'start', day + 25, '', day + 25 + time '03:00' FROM case_ JOIN ticket t USING (id) WHERE t.round = 2;

INSERT INTO assignment (
  ticket_id, agency_id, part, round, started_at, started_on, ended_on, provisional, rule, reason_vi, reason_en, candidates
)
SELECT id, agency, 'lead', 1, day + time '03:00', day, CASE WHEN turn = 2 THEN day + 1 END, false, '', '', '', CAST('{}' AS json) FROM case_
UNION ALL
SELECT id, agency % :agencies + 1, 'lead', 1, day + 1 + time '03:00', day + 1, NULL, false, '', '', '', CAST('{}' AS json)
FROM case_ WHERE turn = 2;

INSERT INTO timeline_entry (ticket_id, kind, at, public, data, agency_id)
SELECT id, kind, day + time '03:00', true, CAST('{}' AS json), agency FROM case_, (VALUES ('filed'), ('assigned')) AS k(kind)
UNION ALL SELECT id, 'accepted', day + time '09:00', true, CAST('{}' AS json), agency FROM case_ WHERE turn <> 0;

INSERT INTO answer (
  ticket_id, round, agency_id, author_id, outcome, reason_code, text, legal_refs, letter_number, letter_signer, at, "on"
)
SELECT id, 1, agency, (SELECT max(id) FROM "user"), CASE WHEN turn = 5 THEN 'rejected' ELSE 'answered' END, '', '', '', '', '',
       day + 5 + speed + time '03:00', day + 5 + speed
FROM case_ WHERE turn <> 1 AND id NOT IN (SELECT id FROM open_)
UNION ALL
SELECT id, 2, agency, (SELECT max(id) FROM "user"), 'answered', '', '', '', '', '', day + 40 + time '03:00', day + 40
FROM case_ JOIN ticket t USING (id) WHERE t.round = 2;

INSERT INTO rating (ticket_id, round, answered, solved, comment, at, "on")
SELECT id, 1, speed < 8, CASE WHEN speed < 6 THEN 'yes' ELSE 'partly' END, '', day + 20 + time '03:00', day + 20
FROM case_ WHERE turn IN (6, 7, 8, 9, 10) AND id NOT IN (SELECT id FROM open_)
