//! What the figures of lengths, reading and coverage are.

use tomtat::corpus::formula::Formula;

/// The figures that no module of the library describes.
pub(super) const FIGURES: &[Formula] = &[
    Formula::new(
        "*_mean, *_sd",
        "mean and standard deviation of lengths",
        "Σ l / n; √(Σ l² / n - mean²), over n, not n - 1",
        "the lengths are all there are, no sample",
    ),
    Formula::new(
        "*_median, *_p90",
        "quantiles of lengths",
        "the least length that at least half, and nine of ten, of all lengths do not exceed",
        "R. J. Hyndman and Y. Fan 1996, definition 1: always a length that occurs",
    ),
    Formula::new(
        "sentence_words, sentence_syllables",
        "lengths of sentences",
        "words, and syllables, of each sentence that has one; punctuation is not counted",
        "by the sentences of `tomtat tokenize`",
    ),
    Formula::new(
        "word_syllables, syllable_letters, document_words",
        "lengths of words, syllables, documents",
        "tokens of a word; letters of a syllable, marks not counted apart; words of a document",
        "syllable_letters: Vietnamese syllables only",
    ),
    Formula::new(
        "long_words",
        "long words",
        "words of three syllables or more / words",
        "a plain share, no readability formula",
    ),
    Formula::new(
        "long_sentences",
        "long sentences",
        "sentences of more than 40 words / sentences",
        "a plain share, no readability formula",
    ),
    Formula::new(
        "rare_words",
        "rare words",
        "words w with 1000 df(w) < N / words, df and N of the shipped statistics of news",
        "models/MANIFEST.md",
    ),
    Formula::new(
        "top_N",
        "coverage",
        "occurrences of the N most frequent types / words",
        "P. Nation, \"How Large a Vocabulary Is Needed For Reading and Listening?\", 2006",
    ),
];
