"""Step 2: what happened."""

from flask_babel import lazy_gettext as _l

from feedback_app.routing.neighbours import recognised
from feedback_app.web.forms import FlaskForm
from feedback_app.web.intake import accusing, blueprint
from feedback_app.web.intake.desk import Desk
from feedback_app.web.intake.fields import Line, Prose
from feedback_app.web.intake.step import Page, Step

LONGEST = 10_000


class StoryForm(FlaskForm):
    title = Line(
        _l("Tóm tắt trong một câu"),
        required=_l("Xin tóm tắt sự việc trong một câu."),
        description=_l("Ví dụ: Hồ sơ hoàn thuế giá trị gia tăng nộp từ tháng 9 chưa được giải quyết"),
    )
    body = Prose(
        _l("Sự việc cụ thể"),
        required=_l("Xin kể sự việc: việc gì, ở cơ quan nào, từ khi nào."),
        longest=LONGEST,
        description=_l("Việc gì, ở cơ quan nào, từ khi nào, đã làm gì, mong muốn được giải quyết ra sao."),
    )


class StoryStep(Step):
    name = "story"

    def form(self, desk: Desk) -> StoryForm:
        return StoryForm(data={"title": desk.content.title, "body": desk.content.body})

    def take(self, desk: Desk, form: FlaskForm) -> None:
        content, before = desk.content, desk.content.text
        content.title, content.body, content.by_letter = form.title.data, form.body.data, False
        content.neighbour = recognised(content.text)
        if content.text != before:  # it may name other agencies now
            content.concerned_asked = False
        if not content.field_chosen:
            content.field = ""
        desk.suggest()

    def accept(self, desk: Desk, form: FlaskForm) -> Page:
        text = f"{form.title.data}\n{form.body.data}\n{desk.content.letters}"
        notice = accusing.to_settle(desk, text)
        if notice is None:
            return super().accept(desk, form)
        return self.page(desk, form) if accusing.wants_to_edit() else accusing.choice_page(notice, text)


blueprint.add_url_rule("/noi-dung", view_func=StoryStep.as_view("story"))
