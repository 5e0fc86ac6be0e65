"""A spoken conversation through the real server: words in, speech out, in the order the protocol promises."""

import pytest

from speech import answer, books, decibels, long_books, overlap, say, silence, words
from voiced import model

TURN = ["final", "thinking", "audio_start", "speaking", "audio", "audio_end", "response"]
STAGES = ("endpointing", "transcription", "inference", "segmentation", "synthesis", "playout")


def ask(call, *speech):
    """Says something, waits for the whole answer, and listens to its end."""
    spoken = call.say(*speech)
    reply = call.answer()
    call.listen_to_end()
    return spoken, reply


@pytest.mark.parametrize("speech", [*books(), *long_books()[1:]], ids=lambda speech: speech.text[:20])
def test_a_human_voice_is_transcribed_and_answered_in_the_order_of_the_protocol(server, dial, speech):
    call = dial(server)
    spoken = call.say(speech)
    reply = call.answer()
    assert call.story() == ["connected", "interim", *TURN]
    assert overlap(speech.text, " ".join(call.transcripts())) >= 0.6
    # Words appear while they are spoken.
    interim = next(heard for heard in call.heard if heard.kind == "transcript")
    assert interim.at < spoken.end
    assert reply.rate == 24000
    assert reply.seconds > 0.5
    assert decibels(memoryview(reply.audio).cast("h")[:24000]) > -45
    call.end()


def test_the_answer_is_speech_that_can_be_understood(server, dial):
    call = dial(server)
    _, reply = ask(call, say("who are you"))
    listener = dial(server)
    listener.say(answer(reply.audio, reply.rate))
    listener.answer()
    understood = " ".join(listener.transcripts())
    assert overlap(reply.text, understood) >= 0.5, f"said: {reply.text}\nunderstood: {understood}"


def test_the_agent_remembers_what_was_said_until_it_is_told_to_forget(server, dial):
    call = dial(server)
    ask(call, say("my name is anna"))
    assert "anna" in words(call.transcripts()[-1])
    _, reply = ask(call, say("what is my name"))
    assert "anna" in words(reply.text)
    call.tell("clear")
    server.events.wait("memory.cleared", session=call.session)
    _, reply = ask(call, say("what is my name"))
    assert "anna" not in words(reply.text)
    assert call.story() == ["connected", *(["interim", *TURN] * 3)]
    call.end()
    assert server.events.wait("session.ended", session=call.session)["fields"] | {"age_ms": 0} == {
        "reason": "ended", "turns": 3, "age_ms": 0}


def test_the_size_of_a_frame_makes_no_difference(server, dial):
    """Browsers send 8 192 bytes at a time. In odd frames every other one begins in the middle of a sample."""
    calls = {size: dial(server, frame=size) for size in (8192, 641, 1999, 20)}
    for call in calls.values():
        call.say(books()[0])
    for size, call in calls.items():
        call.answer()
        assert overlap(books()[0].text, call.transcripts()[0]) >= 0.6, size
        assert call.story() == ["connected", "interim", *TURN], size


def test_speech_that_begins_with_the_first_byte_of_the_call_is_not_lost(server, dial):
    """The first frames are on their way before the server has said hello."""
    call = dial(server, first=books()[0].trimmed)
    call.answer()
    assert overlap(books()[0].text, call.transcripts()[0]) >= 0.6
    assert server.events.wait("speech.started", session=call.session)["fields"]["position_ms"] < 100


def test_noise_and_silence_are_not_answered(server, dial):
    call = dial(server)
    call.say(silence(2)).wait()
    assert call.story() == ["connected"]
    call.end()
    assert server.events.find("turn.started", session=call.session) == []


def test_the_parts_of_a_turn_sum_to_what_the_caller_waited(server, dial):
    call = dial(server)
    spoken = call.say(books()[1])
    reply = call.answer()
    timed = server.events.wait("turn.timed", session=call.session)["fields"]
    assert sum(timed[f"{stage}_ms"] for stage in STAGES) == pytest.approx(timed["total_ms"], abs=0.05)
    assert all(timed[f"{stage}_ms"] >= 0 and timed[f"{stage}_owner"] for stage in STAGES)
    assert (timed["transcription_owner"], timed["inference_owner"], timed["synthesis_owner"]) == (
        "pocketsphinx", "rehearsal", "flite")
    waited = (reply.first - spoken.end) * 1000
    # Where speech ends by energy and by voice activity differs by a breath.
    assert timed["total_ms"] == pytest.approx(waited, abs=300)


def test_the_first_sentence_is_spoken_while_the_model_still_writes(server, dial):
    call = dial(server)
    call.say(say("tell me a story"))
    call.next("audio", timeout=20)
    begun = server.events.wait("reply.started", session=call.session)
    done = server.events.wait("request.finished", session=call.session, slot="llm")
    assert begun["at"] < done["at"] - 1000
    sentences = server.events.find("sentence.ready", session=call.session)
    assert sentences and sentences[0]["at"] < done["at"] - 1000
    call.tell("interrupt")
    call.next("audio_interrupted")
    call.end()


def test_memory_keeps_what_was_heard_and_not_what_was_said(server, dial):
    call = dial(server)
    call.say(say("tell me a story"))
    call.next("audio")
    session = call.session
    # The third sentence is made when the second begins to be heard.
    server.events.wait("sentence.ready", session=session, sentence=3, timeout=30)
    call.tell("interrupt")
    call.next("audio_interrupted")
    heard = server.events.wait("bargein.confirmed", session=session)
    written = words(" ".join(event["words"] for event in server.events.find("sentence.ready", session=session)))
    assert 0 < heard["fields"]["heard_words"] < heard["fields"]["of_words"]
    assert words(heard["words"]) == written[:len(words(heard["words"]))]
    assert server.events.wait("turn.ended", session=session)["words"] == heard["words"]

    _, reply = ask(call, say("say that again"))
    # "You interrupted me after: …", with the last twenty words that memory has of the answer.
    last = words(heard["words"])[-20:]
    assert words(reply.text.split(": ", 1)[1])[:len(last)] == last, reply.text


def test_clear_in_the_middle_of_an_answer_stops_it(server, dial):
    call = dial(server)
    call.say(say("tell me a story"))
    call.next("audio")
    call.tell("clear")
    call.next("audio_interrupted")
    assert server.events.wait("turn.ended", session=call.session)["fields"]["outcome"] == "cancelled"
    _, reply = ask(call, say("say that again"))
    assert "not said anything" in reply.text
    call.end()


def test_end_in_the_middle_of_an_answer_closes_with_1000(server, dial):
    call = dial(server)
    call.say(say("tell me a story"))
    call.next("audio")
    call.end()
    assert server.events.wait("session.ended", session=call.session)["fields"]["reason"] == "ended"
    cancelled = server.events.find("request.cancelled", session=call.session)
    assert {event["fields"]["slot"] for event in cancelled} >= {"stt", "llm"}


def test_another_silence_ends_an_utterance_sooner(start, dial):
    """`conversation` in plugins.json is what the operator tunes."""
    server = start({"conversation": {"silence_ms": 250}}, model())
    call = dial(server)
    call.say(books()[0])
    call.answer()
    timed = server.events.wait("turn.timed", session=call.session)["fields"]
    assert timed["endpointing_ms"] == pytest.approx(250, abs=120)
    assert timed["endpointing_owner"] == "silence_ms 250"
