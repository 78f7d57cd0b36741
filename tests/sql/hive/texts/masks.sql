-- LanguageManual UDF, Data Masking Functions
SELECT mask('abcd-EFGH-8765-4321'), mask('abcd-EFGH-8765-4321', 'U', 'l', '#');
--> xxxx-XXXX-nnnn-nnnn	llll-UUUU-####-####
SELECT mask_first_n('1234-5678-8765-4321', 4), mask_last_n('1234-5678-8765-4321', 4);
--> nnnn-5678-8765-4321	1234-5678-8765-nnnn
SELECT mask_show_first_n('1234-5678-8765-4321', 4), mask_show_last_n('1234-5678-8765-4321', 4);
--> 1234-nnnn-nnnn-nnnn	nnnn-nnnn-nnnn-4321

-- Hive's GenericUDFMask and its kin: digits of numbers become 1, -1 leaves what it stands for
SELECT mask(12345), mask(-678), mask_first_n(12345, 2), mask_last_n(12345, 2), mask_show_first_n(12345, 2), mask_show_last_n(12345, 2);
--> 11111	-111	11345	12311	12111	11145
SELECT mask('aB1-', 'q', -1, -1, '*'), mask(123, -1, -1, -1, -1, 9), mask_first_n('abcdef'), mask_show_last_n('abcdef', 0), mask('Ñ٣ǅ');
--> aq1*	999	xxxxef	xxxxxx	Xnǅ
SELECT mask(cast('2017-05-06' AS date), 'X', 'x', 'n', -1, 1, -1, -1, 2000), mask(1.5), mask(NULL), mask(cast(100 AS tinyint), 'X', 'x', 'n', -1, 9);
--> 2000-05-06	NULL	NULL	-25
-- SHA-256 of "abc", FIPS 180-2
SELECT mask_hash('abc'), mask_hash(1);
--> ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad	NULL

-- MaskTransformer: 0 has no digits to mask; a char is masked with its blanks
SELECT mask(0), mask_first_n(0, 2), concat('[', mask_last_n(CAST('ab' AS char(4)), 3), ']'), concat('[', mask_show_last_n(CAST('abc' AS char(4)), 2), ']');
--> 0	0	[ax  ]	[xxc ]
