"""Papers in official form: the same letter as docx and as PDF, laid out as Nghị định 30/2020/NĐ-CP has it."""
