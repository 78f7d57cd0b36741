-- LanguageManual UDF, Displaying Documentation: what a function takes, by its table there; the words are our own
DESCRIBE FUNCTION ascii;
--> ascii(string) gives int

DESC FUNCTION EXTENDED substring_index;
--> substring_index(string, string, int) gives string

DESCRIBE FUNCTION EXTENDED ceil;
--> ceil(number)
--> ceil(double) gives bigint
--> Synonyms: ceiling

DESCRIBE FUNCTION java_method;
--> There is no documentation for function 'java_method'

DESCRIBE FUNCTION nothing_like_it;
--> Function 'nothing_like_it' does not exist.
