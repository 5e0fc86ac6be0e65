"""A model that fails: the caller hears of it in a sentence and in the agent's voice, and the call goes on."""

from speech import answer, books, overlap
from voiced import PATIENT, model

APOLOGY = "Sorry, I can't answer right now. Could you say that again?"
LOST = "Sorry, I lost my thread."
TWO_SENTENCES = (
    "This is the first sentence of an answer that will never be complete. This is the second one, which is not either.")
FAILED = ["final", "thinking", "error", "audio_start", "speaking", "audio", "audio_end", "response"]


def test_a_model_that_fails_is_apologised_for_and_asked_again_in_the_next_turn(start, dial):
    server = start(PATIENT, model(script=[{"fail": "vendor"}]))
    call = dial(server)
    call.say(books()[0])
    reply = call.answer()
    assert call.story() == ["connected", "interim", *FAILED]
    assert reply.text == APOLOGY
    [error] = call.errors()
    assert "rehearsal" not in error and error.endswith(".")
    failed = server.events.wait("request.failed", session=call.session, slot="llm")
    assert failed["fields"]["class"] == "vendor"
    call.listen_to_end()
    assert server.events.wait("turn.ended", session=call.session)["fields"]["outcome"] == "failed"

    call.say(books()[1])
    assert call.answer().text != APOLOGY
    assert len(call.errors()) == 1
    # The apology was speech.
    listener = dial(server)
    listener.say(answer(reply.audio, reply.rate))
    listener.next("transcript", isFinal=True)
    assert overlap(APOLOGY, " ".join(listener.transcripts())) >= 0.4
    call.end()


def test_an_answer_that_breaks_off_is_spoken_as_far_as_it_goes(start, dial):
    server = start(PATIENT, model(script=[{"say": TWO_SENTENCES, "fail": "vendor", "fail_after_tokens": 20}]))
    call = dial(server)
    call.say(books()[0])
    reply = call.answer()
    # The error comes while the first sentence is on its way.
    order = ["connected", "interim", *(kind for kind in FAILED if kind != "error")]
    assert list(dict.fromkeys(kind for kind in call.story() if kind != "error")) == order
    assert reply.text.startswith("This is the first sentence of an answer that will never be complete.")
    assert reply.text.endswith(LOST)
    assert call.errors() == ["The answer broke off. Please ask again."]
    assert reply.seconds > 3
    call.end()


def test_a_model_that_says_nothing_is_given_up_after_its_time(start, dial):
    impatient = {"conversation": {"first_token_timeout_ms": 600}}
    server = start(PATIENT, impatient, model(script=[{"stall_after_tokens": 0}]))
    call = dial(server)
    call.say(books()[0])
    assert call.answer().text == APOLOGY
    assert call.story() == ["connected", "interim", *FAILED]
    thinking, error = (next(heard.at for heard in call.heard if heard.kind == kind) for kind in ("thinking", "error"))
    assert 0.55 < error - thinking < 1.5
    server.events.wait("request.cancelled", session=call.session, slot="llm")
    call.end()


def test_the_next_of_the_chain_answers_when_the_first_fails(start, dial):
    server = start(PATIENT, {
        "pipeline": {"llm": ["rehearsal", "spare"]},
        "plugins": {
            "rehearsal": {"settings": {"script": [{"fail": "unauthorised", "times": 0}]}},
            "spare": {
                "slot": "llm", "library": "Rehearsal", "settings": {"script": [{"say": "Here is the spare one."}]}},
        }})
    call = dial(server)
    call.say(books()[0])
    assert call.answer().text == "Here is the spare one."
    assert "error" not in call.story()
    moved = server.events.wait("provider.failover", session=call.session)["fields"]
    assert (moved["slot"], moved["from"], moved["to"], moved["reason"]) == ("llm", "rehearsal", "spare", "unauthorised")
    assert server.events.wait("turn.timed", session=call.session)["fields"]["inference_owner"] == "spare"
    call.end()
