CREATE TABLE speeches (line array<string>);
INSERT INTO speeches SELECT array('to', 'be', 'or', 'not', 'to', 'be');
INSERT INTO speeches SELECT array('not', 'to', 'worry');

-- LanguageManual UDF, Statistics and Data Mining: the k most frequent n-grams, with a float for their count
SELECT ngrams(line, 2, 2) FROM speeches;
--> [{"ngram":["not","to"],"estfrequency":2.0},{"ngram":["to","be"],"estfrequency":2.0}]
SELECT ngrams(array(line), 1, 1) FROM speeches WHERE size(line) = 6;
--> [{"ngram":["to"],"estfrequency":2.0}]
SELECT ngrams(line, 2, 100, 20) FROM speeches WHERE size(line) = 3;
--> [{"ngram":["not","to"],"estfrequency":1.0},{"ngram":["to","worry"],"estfrequency":1.0}]

-- n-grams are of one sentence; longer ones than any sentence are none
SELECT ngrams(line, 7, 1) FROM speeches;
--> NULL

-- the words that fill a NULL of the context
SELECT context_ngrams(line, array('not', 'to', null), 10) FROM speeches;
--> [{"ngram":["be"],"estfrequency":1.0},{"ngram":["worry"],"estfrequency":1.0}]
SELECT context_ngrams(line, array(null, 'be'), 1) FROM speeches;
--> [{"ngram":["to"],"estfrequency":2.0}]
SELECT context_ngrams(array(line), array(null, 'to', null), 1) FROM speeches WHERE size(line) = 3;
--> [{"ngram":["not","worry"],"estfrequency":1.0}]

-- needs 'k' to be at least 1; needs a null
SELECT ngrams(line, 2, 0) FROM speeches;
--! at least 1
SELECT context_ngrams(line, array('to'), 1) FROM speeches;
--! NULL
