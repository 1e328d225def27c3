"""The features of job `comments`, computed once more in plain Python from the same comments.

Nothing here is shared with the SQL: it is what the SQL is held against.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from headrace.demo.comments import Comment
from headrace.inference.text_classifier import Classifications

Value = str | int | float
Features = dict[str, dict[str, Value]]

WATERMARK_DELAY = 5_000
ITEM_WINDOW = 60_000
USER_RANGE = 5 * 60_000
SESSION_GAP = 30_000


@dataclass(frozen=True)
class ScoredComment:
    """A comment with what the model says of it; `time` is in milliseconds since 1970."""

    comment: Comment
    label: str
    score: float
    confidence: float
    model_version: str
    status: str

    @property
    def time(self) -> int:
        return self.comment.time


def score_comments(comments: list[Comment], results: Classifications) -> list[ScoredComment]:
    """Puts comments and the model's results together."""
    return [
        ScoredComment(comment, str(label), float(score), float(confidence), str(version), str(status))
        for comment, label, score, confidence, version, status in zip(comments, *results, strict=True)
    ]


def expected_features(scored: list[ScoredComment]) -> Features:
    """Each Redis key with its fields, at rest after all comments.

    A window counts when the watermark, 5 seconds behind the latest comment, has passed its end.
    """
    watermark = max(one.time for one in scored) - WATERMARK_DELAY
    counted = sorted((one for one in scored if one.status == "ok" and not one.comment.late), key=lambda one: one.time)
    return {
        **_comment_sentiment(scored),
        **_item_sentiment(counted, watermark),
        **_user_emotion(counted, watermark),
        **_user_session_emotion(counted, watermark),
    }


def _comment_sentiment(scored: list[ScoredComment]) -> Features:
    return {
        f"comment_sentiment:{one.comment.comment_id}": {
            "comment_id": one.comment.comment_id,
            "user_id": one.comment.user_id,
            "item_id": one.comment.item_id,
            "label": one.label,
            "score": one.score,
            "confidence": one.confidence,
            "status": one.status,
            "model_version": one.model_version,
            "event_time": iso(one.time),
        }
        for one in scored
    }


def _item_sentiment(counted: list[ScoredComment], watermark: int) -> Features:
    windows: dict[tuple[str, int], list[ScoredComment]] = defaultdict(list)
    for one in counted:
        windows[one.comment.item_id, one.time // ITEM_WINDOW * ITEM_WINDOW].append(one)
    features: Features = {}
    for (item, start), ones in sorted(windows.items(), key=lambda window: window[0][1]):
        if watermark >= start + ITEM_WINDOW - 1:
            features[f"item_sentiment:{item}"] = {
                "item_id": item,
                "window_start": iso(start),
                "window_end": iso(start + ITEM_WINDOW),
                "comments": len(ones),
                "mean_score": _mean(ones),
                "negative_share": sum(one.label == "negative" for one in ones) / len(ones),
            }
    return features


def _user_emotion(counted: list[ScoredComment], watermark: int) -> Features:
    features: Features = {}
    for user, ones in _by_user(counted).items():
        done = [one for one in ones if one.time <= watermark]
        if done:
            last = done[-1].time
            recent = [one for one in done if one.time >= last - USER_RANGE]
            features[f"user_emotion:{user}"] = {
                "user_id": user,
                "comments": len(recent),
                "mean_score": _mean(recent),
                "volatility": _deviation(recent),
                "event_time": iso(last),
            }
    return features


def _user_session_emotion(counted: list[ScoredComment], watermark: int) -> Features:
    features: Features = {}
    for user, ones in _by_user(counted).items():
        sessions: list[list[ScoredComment]] = []
        for one in ones:
            if sessions and one.time - sessions[-1][-1].time <= SESSION_GAP:
                sessions[-1].append(one)
            else:
                sessions.append([one])
        for session in sessions:
            end = session[-1].time + SESSION_GAP
            if watermark >= end - 1:
                features[f"user_session_emotion:{user}"] = {
                    "user_id": user,
                    "session_start": iso(session[0].time),
                    "session_end": iso(end),
                    "comments": len(session),
                    "mean_score": _mean(session),
                    "volatility": _deviation(session),
                }
    return features


def _by_user(counted: list[ScoredComment]) -> dict[str, list[ScoredComment]]:
    users: dict[str, list[ScoredComment]] = defaultdict(list)
    for one in counted:
        users[one.comment.user_id].append(one)
    return users


def _mean(ones: list[ScoredComment]) -> float:
    return math.fsum(one.score for one in ones) / len(ones)


def _deviation(ones: list[ScoredComment]) -> float:
    """Standard deviation of the population."""
    mean = _mean(ones)
    return math.sqrt(math.fsum((one.score - mean) ** 2 for one in ones) / len(ones))


def iso(time: int) -> str:
    """Milliseconds since 1970 as Redis holds them: ISO-8601, UTC, milliseconds."""
    moment = datetime.fromtimestamp(time // 1000, UTC).replace(microsecond=time % 1000 * 1000)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def differences(expected: Features, found: Mapping[str, Mapping[str, str]], tolerance: float = 1e-6) -> Iterable[str]:
    """One line for each expected key that is missing or differs in a field; numbers may differ by `tolerance`."""
    for key, fields in expected.items():
        there = found.get(key)
        if not there:
            yield f"{key}: missing"
            continue
        for name, value in fields.items():
            if name not in there:
                yield f"{key}: field {name} is missing, expected {value}"
            elif not _equal(value, there[name], tolerance):
                yield f"{key}: field {name} is {there[name]}, expected {value}"
        for name in there.keys() - fields.keys():
            yield f"{key}: field {name} = {there[name]} is not expected"


def _equal(expected: Value, found: str, tolerance: float) -> bool:
    if isinstance(expected, str):
        return expected == found
    return math.isclose(float(found), expected, rel_tol=tolerance, abs_tol=tolerance)
