-- Hive's own examples, in DESCRIBE FUNCTION EXTENDED
SELECT md5('ABC'), md5(binary('ABC')), crc32('ABC'), crc32(binary('ABC'));
--> 902fbdd2b1df0c4f70b4a5d23525e932	902fbdd2b1df0c4f70b4a5d23525e932	2743272264	2743272264
SELECT sha1('ABC'), sha(binary('ABC')), sha2('ABC', 256);
--> 3c01bdbb26f358bab27f267924aa2c9a03fcfdb8	3c01bdbb26f358bab27f267924aa2c9a03fcfdb8	b5d4045c3f466fa91fe2cc6abe79232a1a57cdf104f7a26e716e0a1e2789df78
SELECT base64(aes_encrypt('ABC', '1234567890123456')), aes_decrypt(unbase64('y6Ss+zCYObpCbgfWfyNWTw=='), '1234567890123456');
--> y6Ss+zCYObpCbgfWfyNWTw==	ABC
SELECT hex('Facebook'), decode(unhex('4D7953514C'), 'UTF-8'), bin(13);
--> 46616365626F6F6B	MySQL	1101

-- FIPS 180-2 for "abc"; a size that there isn't gives NULL
SELECT sha2('abc', 0), sha2('abc', 224), sha2('abc', 100), sha2(NULL, 256);
--> ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad	23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7	NULL	NULL
-- a key of AES has 16, 24 or 32 bytes
SELECT aes_encrypt('ABC', 'short'), aes_decrypt(unbase64('y6Ss+zCYObpCbgfWfyNWTw=='), '6543210987654321'), aes_encrypt(NULL, '1234567890123456');
--> NULL	NULL	NULL
-- RFC 4648, section 10; commons-codec passes over what is no digit of base 64
SELECT base64(binary('foobar')), base64(binary('fooba')), base64(binary('')), unbase64('Zm9v\nYmE='), unbase64('Zm9vYg');
--> Zm9vYmFy	Zm9vYmE=		fooba	foob
-- Hive's UDFHex, UDFUnhex and UDFBin: numbers as 64 bits
SELECT hex(17), hex(-1), hex(1.5), hex(unhex('0aFF')), unhex('xy'), hex(unhex('abc')), bin(-1) LIKE '1111%', length(bin(-1));
--> 11	FFFFFFFFFFFFFFFF	312E35	0AFF	NULL	0ABC	true	64
-- Java's charsets: UTF-16 begins with a mark of the order of bytes
SELECT hex(encode('é', 'UTF-8')), hex(encode('é', 'ISO-8859-1')), hex(encode('é', 'UTF-16')), hex(encode('é', 'UTF-16LE')), decode(unhex('FEFF00E9'), 'utf-16');
--> C3A9	E9	FEFF00E9	E900	é
SELECT encode('é', 'US-ASCII');
--! has no bytes for a character
SELECT encode('a', 'EBCDIC');
--! There is no encoding
