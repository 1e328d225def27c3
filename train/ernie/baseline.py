"""What an ERNIE is compared with: a linear model trained on the same texts, and the other published versions."""

from __future__ import annotations

from headrace.inference.repository import ModelRepository
from headrace.inference.text_manifest import Metric
from train.ernie.evaluation import quality_of
from train.ernie.texts import Sources, all_of
from train.sentiment.reviews import Split

LINEAR_MODEL = "TF-IDF, logistic regression"


def linear_model(sources: Sources, seed: int) -> dict[str, Metric]:
    """TF-IDF of character 1-3-grams with logistic regression of three labels: its quality on the test parts."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    training = all_of(sources, Split.TRAIN)
    model = make_pipeline(
        TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=3, sublinear_tf=True),
        LogisticRegression(C=4, max_iter=100, random_state=seed),
    )
    model.fit(training.texts, training.labels)
    return {
        f"{source} test": quality_of(model.predict_proba(parts[Split.TEST].texts), parts[Split.TEST].labels)
        for source, parts in sources.items()
    }


def published(repository: ModelRepository, without: int) -> dict[str, dict[str, Metric]]:
    """The other published versions' quality on the test parts, as their manifests say."""
    result = {}
    for version in repository.versions("sentiment"):
        if version != without:
            parts = repository.description("sentiment", version).metrics.parts
            result[f"version {version}"] = {part: metric for part, metric in parts.items() if part.endswith(" test")}
    return result
