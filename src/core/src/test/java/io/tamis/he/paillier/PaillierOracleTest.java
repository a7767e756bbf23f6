package io.tamis.he.paillier;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.Json;
import io.tamis.data.PredictableRandom;
import io.tamis.he.NodeOracle;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against npm's paillier-bigint 3.4.3 under one key: each opens what the other encrypted, and adds to the same bits. */
class PaillierOracleTest {
    private static final BigInteger N = TestKeys.PUBLIC.n();
    private static final List<BigInteger> PLAIN =
            List.of(BigInteger.ZERO, BigInteger.ONE, BigInteger.valueOf(123_456_789), N.shiftRight(2));

    @TempDir
    Path folder;

    @Test
    void paillierBigint_opensAddsAndEncryptsAsWeDo() {
        var random = new PredictableRandom(4);
        var ours = PLAIN.stream()
                .map(plain -> TestKeys.PUBLIC.encrypt(plain, random))
                .toList();
        byte[] factors = TestKeys.FIRST.reveal();
        var question = Json.object()
                .put("p", new BigInteger(1, factors, 0, 192).toString())
                .put("q", new BigInteger(1, factors, 192, 192).toString())
                .put(
                        "ciphertexts",
                        Json.strings(
                                ours.stream().map(c -> c.value().toString()).toList()))
                .put("plaintexts", decimals(PLAIN))
                .build();

        Json.Obj answer = NodeOracle.ask("paillier-bigint", "paillier.mjs", question, folder);

        assertEquals(decimals(PLAIN), answer.member("opened").orElseThrow());
        var sum = ours.stream().reduce(TestKeys.PUBLIC::add).orElseThrow();
        assertEquals(Json.of(sum.value().toString()), answer.member("sum").orElseThrow());
        var theirs = ((Json.Arr) answer.member("encrypted").orElseThrow()).items();
        IntStream.range(0, PLAIN.size()).forEach(i -> {
            var value = new BigInteger(((Json.Str) theirs.get(i)).value());
            assertEquals(PLAIN.get(i), TestKeys.FIRST.open(TestKeys.PUBLIC.ciphertext(value)));
        });
    }

    private static Json decimals(List<BigInteger> numbers) {
        return Json.strings(numbers.stream().map(BigInteger::toString).toList());
    }
}
