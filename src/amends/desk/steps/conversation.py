"""Steps on who speaks in a conversation: what a letter is, and two recoveries that are one."""

from amends.desk.steps.step import OneOf, Step


class LetIn(Step):
    name = "let_in"
    button = "Let them in"
    said = "Let in. What they write is shown here, and kept apart from {name}."


class ItIsThem(Step):
    name = "it_is_them"
    button = "It is {name}"
    said = "Noted. {name} writes from there too."


class SplitOff(Step):
    name = "split_off"
    button = "A recovery of its own"
    said = "It has a recovery of its own now."


class NotForUs(Step):
    name = "not_for_us"
    button = "Not for us"
    said = "Put aside. It is kept below."


class BelongsHere(Step):
    name = "belongs_here"
    button = "It belongs here"
    said = "Good. It stays here."


class AnswerThere(Step):
    name = "answer_there"
    button = "Answer there"
    said = "Answers go there from now on."


class UndoForward(Step):
    name = "undo_forward"
    button = "It is not theirs"
    said = "Undone. It is heard as the letter of whoever sent it."


class Join(Step):
    """Told twice: the same customer, the same failure."""

    name = "join"
    title = "They told us twice"
    lead = "When another recovery of {name} is about the same, let the two go on as one. The story and the letters come along, and you can undo it."
    button = "Let it go on there"
    said = "It goes on here. Everything they wrote came along."

    to = OneOf(label="It goes on in")

    def prepare(self):
        self.fields["to"].offer(self.page.told_twice)

    @classmethod
    def is_open_to(cls, page):
        return super().is_open_to(page) and bool(page.told_twice)


class PartAgain(Step):
    name = "part"
    button = "Make two of them again"
    said = "It is a matter of its own again."

    @classmethod
    def is_open_to(cls, page):
        return page.recovery.joined_to_id is not None
