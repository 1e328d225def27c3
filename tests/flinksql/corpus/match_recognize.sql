SELECT t.aid, t.bid FROM my_table MATCH_RECOGNIZE (
    PARTITION BY user_id, f(x)
    ORDER BY proctime«¦ DESC»
    MEASURES A.id AS aid, LAST(B.price, 1) AS bid, «¦FINAL ¦RUNNING »COUNT(B.price) AS n
    «¦ONE ROW PER MATCH¦ALL ROWS PER MATCH»
    AFTER MATCH SKIP «PAST LAST ROW¦TO NEXT ROW¦TO FIRST B¦TO LAST B¦TO B»
    PATTERN (A B+ C)«¦ WITHIN INTERVAL '1' HOUR»
    DEFINE A AS A.name = 'a', B AS B.price > PREV(B.price, 1) AND B.price < A.price, C AS LAST(C.x) > 10
) AS t;
SELECT * FROM t MATCH_RECOGNIZE (
    ORDER BY ts MEASURES A.x AS x, MATCH_NUMBER() AS m, CLASSIFIER() AS c
    PATTERN («A¦A B¦A* B+? C?¦A{2} B{1,} C{,3} D{2,4}?¦A | B C | D¦(A B)+ C¦^ A B $¦PERMUTE(A, B)¦{- A -} B¦(A | (B C)*){2}»)
    «¦SUBSET u = (A, B), v = (B, C) »DEFINE A AS A.x > 1
);
SELECT x.a FROM (SELECT * FROM t WHERE a > 1) MATCH_RECOGNIZE (PARTITION BY k ORDER BY ts MEASURES A.a AS a PATTERN (A+) DEFINE A AS TRUE) x JOIN u ON x.a = u.a;
