"""Chains of effects by name: clean, scan, photo. Strong enough to be seen; a person still reads every field."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import numpy as np

from headrace.rendering.effects import camera, geometry, light, wear
from headrace.rendering.effects.picture import Picture


def clean(picture: Picture, random: Random) -> Picture:
    """As it comes from a provider, or from a good scanner."""
    del random
    return picture


def scan(picture: Picture, random: Random) -> Picture:
    """An office scanner: the page a little askew, some texture, folds now and then."""
    noise = np.random.default_rng(random.getrandbits(64))
    if random.random() < 0.3:
        picture = wear.folds(picture, noise)
    picture = geometry.skewed(wear.texture(picture, noise, 2.5), noise, 1.5)
    return camera.jpeg(camera.grain(picture, noise, 2.0), random.randint(70, 92))


def photo(picture: Picture, random: Random) -> Picture:
    """A phone's photograph on a desk; one of eight is turned by 90, 180 or 270 degrees."""
    noise = np.random.default_rng(random.getrandbits(64))
    if random.random() < 0.3:
        picture = wear.aged(picture, noise)
    if random.random() < 0.5:
        picture = wear.folds(picture, noise)
    picture = wear.texture(picture, noise, 3.0)
    picture = geometry.photographed(picture, noise, random.choice((2, 4, 7)), random.uniform(0.0, 0.025))
    picture = light.uneven(picture, noise, random.uniform(0.05, 0.35))
    if random.random() < 0.5:
        picture = light.shadow(picture, noise, random.uniform(0.5, 0.8))
    # Where letters have few pixels, a blur and noise of the same size would leave a person guessing at digits.
    is_low = random.random() < 0.2
    if is_low:
        picture = picture.resized(0.8, "low resolution")
    if random.random() < 0.5:
        picture = camera.defocus(picture, random.uniform(0.4, 0.6 if is_low else 0.9))
    elif not is_low and random.random() < 0.4:
        picture = camera.motion(picture, 3, random.uniform(0, 180))
    picture = camera.grain(picture, noise, random.uniform(2, 4 if is_low else 7))
    if random.random() < 0.125:
        picture = picture.quarter_turns(random.choice((90, 180, 270)))
    return camera.jpeg(picture, random.randint(50, 88))


RECIPES: dict[str, Callable[[Picture, Random], Picture]] = {"clean": clean, "scan": scan, "photo": photo}
