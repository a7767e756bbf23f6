package io.tamis.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.TestShell;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeBenchTest {
    private final HeBench bench = new HeBench(new TestShell(Path.of(".")).shell(), HeAnchor.STORED);

    private static Map<String, List<BigDecimal>> each(String... values) {
        Map<String, List<BigDecimal>> measured = new LinkedHashMap<>();
        HeCase.all()
                .forEach(one -> measured.put(
                        one.metric(),
                        List.of(values).stream().map(BigDecimal::new).toList()));
        return measured;
    }

    /** The middle of five, not the best and not the mean. */
    @Test
    void report_ofFiveSittings_isTheirMedian() {
        String json = bench.report(each("50", "10", "20", "1000", "30")).json();
        assertTrue(json.contains("\"ntt_8192_us\":{\"value\":30,\"unit\":\"us\",\"goal\":35}"), json);
        assertTrue(json.contains("\"group64_1m_cached_ms\":{\"value\":30,\"unit\":\"ms\",\"goal\":250}"), json);
    }

    @Test
    void report_namesWhatTheIssueAsksFor() {
        String json = bench.report(each("1")).json();
        for (String name : List.of(
                "ntt_8192_us",
                "encrypt_pk_4096_us",
                "encrypt_pk_8192_us",
                "encrypt_1m_users_ms",
                "group64_1m_uncached_ms",
                "group64_1m_cached_ms",
                "share_8192_us",
                "bytes_per_value_8192",
                "bytes_per_value_4096_seeded")) {
            assertTrue(json.contains("\"" + name + "\":{\"value\":"), name);
        }
    }

    /** Ours 10.3 microseconds: plain SEAL's 103 are ten times that, HEXL's 12.9 a quarter more. */
    @Test
    void report_comparesWithBothStoredFigures() {
        String json = bench.report(each("10.3")).json();
        assertTrue(json.contains("\"ntt_8192_per_seal\":{\"value\":10.00,\"unit\":\"x\",\"goal\":null}"), json);
        assertTrue(json.contains("\"ntt_8192_per_hexl\":{\"value\":1.25,\"unit\":\"x\",\"goal\":null}"), json);
    }

    /** Facts of the format, with header and signature, not measured. */
    @Test
    void report_countsTheBytesOfAnUpload() {
        String json = bench.report(each("1")).json();
        assertTrue(json.contains("\"bytes_per_value_8192\":{\"value\":36.77,\"unit\":\"B\",\"goal\":37}"), json);
        assertTrue(
                json.contains("\"bytes_per_value_4096_seeded\":{\"value\":12.30,\"unit\":\"B\",\"goal\":12.5}"), json);
    }

    /** Five JVMs begin with five different operations. */
    @Test
    void sittings_haveOrdersOfTheirOwn() {
        List<HeCase> cases = HeCase.all();
        Set<String> firsts = new HashSet<>();
        for (int sitting = 0; sitting < 5; sitting++) {
            List<HeCase> ordered = HeSitting.ordered(cases, sitting);
            assertEquals(new HashSet<>(cases), new HashSet<>(ordered));
            firsts.add(ordered.getFirst().metric());
        }
        assertEquals(5, firsts.size());
    }
}
