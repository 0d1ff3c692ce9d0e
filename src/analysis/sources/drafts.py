"""A drafted entry of sources.yaml: what is known of a document, and a question for the rest (pure)."""


def entry(
    source_id: str,
    *,
    kind: str | None = None,
    producer: str | None = None,
    title: str | None = None,
    url: str | None = None,
    published: str | None = None,
    accessed: str | None = None,
    sha256: str | None = None,
) -> str:
    """The YAML of one entry; what is not known is a question, which the strict loader refuses until it is answered."""
    raise NotImplementedError
