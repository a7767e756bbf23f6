package io.tamis.server.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.data.TamisException;
import io.tamis.log.LedgerEvent;
import io.tamis.log.LogEntry;
import io.tamis.log.Salt;
import io.tamis.log.TlogProof;
import io.tamis.log.VerifierKey;
import io.tamis.server.Chromium;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the Java code accepts the page accepts, and what it refuses the page refuses: the same texts through both, in a real
 * browser. The Java code says what is right; the genuine ones are made by neither of them ({@link PaperLog}).
 */
class VerifierVectorsTest {
    private static final long SEED = 20261124;
    private static final String ID = "0190163d-8694-739b-aea5-966c26f8ad90";
    private static final int BATCH = 500;

    private static Chromium chromium;
    private static Page page;
    private static final List<String> COMPLAINTS = new ArrayList<>();

    private final List<Map<String, String>> inputs = new ArrayList<>();
    private final List<Boolean> expected = new ArrayList<>();

    @BeforeAll
    static void open() {
        chromium = Chromium.start();
        page = chromium.page("en", ColorScheme.LIGHT, COMPLAINTS);
        page.navigate(VerifierPageTest.FILE.toUri().toString());
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void everyPlace_ofEverySmallTree_isAgreedUpon() {
        for (int size = 1; size <= 17; size++) {
            var log = log(size);
            for (int index = 0; index < size; index++) {
                String genuine = log.receipt(index);
                assertTrue(java(genuine, PaperLog.KEY.vkey()), size + " " + index);
                receipt(genuine);
                receipt(genuine.replace("\nindex " + index + "\n", "\nindex " + (index + 1) + "\n"));
                receipt(genuine.replace("\nindex " + index + "\n", "\nindex " + (size - 1 - index) + "\n"));
                receipt(withoutHash(genuine));
                receipt(genuine.replace("\nindex " + index + "\n", "\nindex " + index + "\n" + "A".repeat(43) + "=\n"));
            }
        }
        assertAgreed(-1);
    }

    /** Every bit of every character that a bit flip leaves in the basic plane. */
    @Test
    void everyBitFlip_ofAReceipt_isAgreedUpon() {
        String genuine = log(7).receipt(4);
        for (int i = 0; i < genuine.length(); i++) {
            for (int bit = 0; bit < 8; bit++) {
                receipt(genuine.substring(0, i) + (char) (genuine.charAt(i) ^ 1 << bit) + genuine.substring(i + 1));
            }
        }
        assertAgreed(0);
    }

    @Test
    void randomEdits_ofAReceipt_areAgreedUpon() {
        var random = new Random(SEED);
        String genuine = log(12).receipt(9);
        for (int i = 0; i < 1500; i++) {
            var lines = new ArrayList<>(List.of(genuine.split("\n", -1)));
            int line = random.nextInt(lines.size());
            int other = random.nextInt(lines.size());
            switch (random.nextInt(5)) {
                case 0 -> lines.remove(line);
                case 1 -> lines.add(line, lines.get(other));
                case 2 -> lines.set(line, lines.get(other));
                case 3 -> lines.set(line, cut(lines.get(line), random));
                default -> lines.set(line, lines.get(line) + " =+A\t\u00a0\u2014".charAt(random.nextInt(7)));
            }
            receipt(String.join("\n", lines));
        }
        assertAgreed(-1);
    }

    @Test
    void hostileReceipts_areAgreedUpon() {
        var log = log(6);
        String genuine = log.receipt(2);
        String line = PaperLog.KEY.line(new byte[0], log.text());
        for (String index : List.of(
                "02", "-2", "+2", "2 ", " 2", "", "9223372036854775807", "9223372036854775808", "2.0", "0x2", "２")) {
            receipt(genuine.replace("index 2", "index " + index));
        }
        for (String extra : List.of("{}", "[]", "null", "{\"c\":\"00\"}", "not json", "{\"c\":1,\"id\":2}")) {
            receipt(genuine.replaceFirst("extra [^\n]*", "extra " + base64(extra)));
        }
        String known = new String(Base64.getDecoder().decode(genuine.substring(29, genuine.indexOf("\nindex"))), UTF_8);
        for (String extra : List.of(
                known + " ",
                " " + known,
                known.replace(",", ", "),
                known.replace("}", ",\"x\":1}"),
                known.replace("{", "{\"a\":1,"),
                "\ufeff" + known,
                known.replace("c\"", "\\u0063\""),
                known.toUpperCase(java.util.Locale.ROOT))) {
            receipt(genuine.replaceFirst("extra [^\n]*", "extra " + base64(extra)));
        }
        receipt(genuine.replace("\n", "\r\n"));
        receipt(genuine.replace("@v1", "@v2"));
        receipt(" " + genuine);
        receipt(genuine + "\n");
        receipt(genuine + genuine);
        receipt(genuine.replace(line, ""));
        receipt(genuine.replace(line, line + line));
        receipt(genuine + PaperLog.KEY.line(new byte[64]));
        receipt(genuine.replace(line, PaperLog.KEY.line(new byte[64]) + line));
        receipt(genuine + new PaperLog.Signer("someone.example/else", 1, 9).line(new byte[0], log.text()));
        receipt(genuine + new PaperLog.Signer(PaperLog.ORIGIN, 1, 9).line(new byte[0], log.text()));
        receipt(genuine + line.repeat(31));
        receipt(genuine + line.repeat(32));
        receipt(genuine + "— a+b AAAAAAA=\n");
        receipt(genuine + "— a\u00a0b AAAAAAA=\n");
        receipt(genuine + "— a AAAAAAA=\n");
        receipt(genuine + "— a AAAAAA==\n");
        receipt(genuine + "- a AAAAAAA=\n");
        receipt(genuine + "— a  AAAAAAA=\n");
        receipt(log.unsigned(2) + malleable(line));
        receipt(log.unsigned(2) + PaperLog.KEY.line(new byte[0], log.text() + "more\n"));
        receipt(log.unsigned(2).replace(PaperLog.ORIGIN, "example.com/other") + line);
        String longer = log.text() + "extension\n";
        receipt(log.unsigned(2).replace(log.text(), longer) + PaperLog.KEY.line(new byte[0], longer));
        assertAgreed(-1);
    }

    @Test
    void keys_areAgreedUpon() {
        String receipt = log(3).receipt(1);
        String genuine = PaperLog.KEY.vkey();
        String[] parts = genuine.split("\\+", 3);
        for (String key : List.of(
                genuine,
                genuine + "=",
                genuine.substring(1),
                genuine.replace("+", "-"),
                genuine.toUpperCase(java.util.Locale.ROOT),
                parts[0] + "+00000000+" + parts[2],
                parts[0] + "+" + parts[1].toUpperCase(java.util.Locale.ROOT) + "+" + parts[2],
                "a/" + genuine,
                parts[0] + "+" + parts[1],
                parts[0] + "+" + parts[1] + "+AQ==",
                "+" + genuine,
                new PaperLog.Signer(PaperLog.ORIGIN, 1, 9).vkey(),
                new PaperLog.Signer("example.com/x", 1, 1).vkey())) {
            add(Map.of("receipt", receipt, "keys", key), java(receipt, key));
        }
        for (int i = 0; i < genuine.length(); i++) {
            String key = genuine.substring(0, i) + (char) (genuine.charAt(i) ^ 1) + genuine.substring(i + 1);
            add(Map.of("receipt", receipt, "keys", key), java(receipt, key));
        }
        assertAgreed(1);
    }

    /** Each event is alone in its log, so that nothing but its form decides. */
    @Test
    void events_areAgreedUpon() {
        String start = "{\"at\":\"2026-11-24T05:00:00.000Z\",\"id\":\"" + ID + "\",\"type\":\"job.submitted\",\"v\":1";
        event(start + "}");
        for (String more : List.of(
                "\"x\":9007199254740991",
                "\"x\":-9007199254740991",
                "\"x\":9007199254740992",
                "\"x\":1.0",
                "\"x\":1e3",
                "\"x\":01",
                "\"x\":-0",
                "\"x\":0",
                "\"x\":-1",
                "\"x\":+1",
                "\"x\":.5",
                "\"x\":",
                "\"x\"",
                "\"x\":null",
                "\"x\":true",
                "\"x\":tru",
                "\"x\":[]",
                "\"x\":{}",
                "\"x\":[1,]",
                "\"x\":[,1]",
                "\"x\":[null]",
                "\"x\":{\"y\":1,\"y\":2}",
                "\"v\":1",
                "\"x\":\"\\u00e9\"",
                "\"x\":\"é\"",
                "\"x\":\"\\ud83d\\ude00\"",
                "\"x\":\"\\ud83d\"",
                "\"x\":\"\\ude00\\ud83d\"",
                "\"\\ud83d\":1",
                "\"x\":\"\\u000b\\u007f\\u2028\\/\"",
                "\"x\":\"\\x41\"",
                "\"x\":\"\\u12g4\"",
                "\"x\":\"a\tb\"",
                "\"x\":\"a\\tb\"",
                "\"\":1",
                "\"\\ufb33\":1,\"\\u20ac\":2,\"\\ud83d\\ude02\":3,\"\\r\":4",
                "\"tenant\":\"brand-a\"",
                "\"tenant\":\"\"",
                "\"tenant\":1",
                "\"tenant\":\"" + "t".repeat(64) + "\"",
                "\"tenant\":\"" + "t".repeat(65) + "\"",
                "\"x\":" + "[".repeat(30) + "]".repeat(30),
                "\"x\":" + "[".repeat(31) + "]".repeat(31),
                "\"x\":" + "[".repeat(40) + "]".repeat(40),
                "\"x\":\"" + "a".repeat(8000) + "\"",
                "\"x\":\"" + "a".repeat(8100) + "\"",
                "\"x\":\"" + "é".repeat(4100) + "\"",
                "\"x\": 1 ",
                "\"x\":1,",
                "\"__proto__\":{\"v\":2}",
                "\"constructor\":1")) {
            event(start + "," + more + "}");
        }
        for (String at : List.of(
                "2026-02-29T05:00:00.000Z",
                "2024-02-29T05:00:00.000Z",
                "2026-13-01T05:00:00.000Z",
                "2026-00-01T05:00:00.000Z",
                "2026-11-00T05:00:00.000Z",
                "2026-11-31T05:00:00.000Z",
                "2026-11-24T24:00:00.000Z",
                "2026-11-24T24:00:00.001Z",
                "2026-11-24T25:00:00.000Z",
                "2026-11-24T23:60:00.000Z",
                "2026-11-24T23:59:60.500Z",
                "2026-11-24T22:59:60.000Z",
                "1969-12-31T23:59:59.999Z",
                "1970-01-01T00:00:00.000Z",
                "1969-12-31T24:00:00.000Z",
                "0075-01-01T00:00:00.000Z",
                "9999-12-31T23:59:59.999Z",
                "2026-11-24T05:00:00Z",
                "2026-11-24T05:00:00.000+00:00",
                "2026-11-24t05:00:00.000z",
                "")) {
            event(start.replace("2026-11-24T05:00:00.000Z", at) + "}");
        }
        for (String type : List.of(
                "a",
                "a.b",
                "a.b-c",
                "a.b-c-d",
                "a.b-",
                "a-b",
                "A.b",
                "a.b.c",
                "a.",
                ".a",
                "",
                "a1",
                "a" + "b".repeat(63),
                "a" + "b".repeat(64))) {
            event(start.replace("job.submitted", type) + "}");
        }
        for (String id : List.of(
                ID.toUpperCase(java.util.Locale.ROOT),
                ID.replace("-", ""),
                "0190163d-8694-739b-aea5-966c26f8ad91",
                "1-1-1-1-1",
                "")) {
            event(start.replace(ID, id) + "}");
        }
        for (String whole : List.of(
                "[]",
                "\"a\"",
                "{}",
                start,
                start + "}}",
                "\ufeff" + start + "}",
                start.replace("\"v\":1", "\"v\":2") + "}",
                start.replace("\"v\":1", "\"v\":\"1\"") + "}",
                start.replace(",\"v\":1", "") + "}",
                " " + start + "} ")) {
            event(whole);
        }
        assertAgreed(-1);
    }

    private void receipt(String text) {
        add(Map.of("receipt", text, "keys", PaperLog.KEY.vkey()), java(text, PaperLog.KEY.vkey()));
    }

    private void event(String text) {
        String canonical;
        try {
            canonical = Json.parse(text).canonical();
        } catch (TamisException malformed) {
            canonical = text;
        }
        String receipt = new PaperLog().append(ID, canonical).receipt(0);
        String disclosure = "{\"event\":" + text + ",\"proof\":"
                + Json.of(receipt).canonical() + ",\"salt\":\"" + PaperLog.SALT + "\"}";
        add(Map.of("disclosure", disclosure, "keys", PaperLog.KEY.vkey()), disclosed(disclosure));
    }

    private static boolean disclosed(String disclosure) {
        try {
            if (!(Json.parse(disclosure) instanceof Json.Obj object)
                    || !(object.members().get("event") instanceof Json.Obj body)) {
                return false;
            }
            var proof = TlogProof.parse(((Json.Str) object.members().get("proof")).value());
            var salt = Salt.of(HexFormat.of().parseHex(PaperLog.SALT));
            return LogEntry.of(salt, new LedgerEvent(body)).equals(proof.entry())
                    && proof.entry().id().equals(EventId.parse(ID))
                    && proof.verifies(VerifierKey.parse(PaperLog.KEY.vkey()));
        } catch (TamisException refused) {
            return false;
        }
    }

    /** The page completes a last line that was copied without its end; the Java code is given it complete. */
    private static boolean java(String text, String key) {
        try {
            return TlogProof.parse(text.endsWith("\n") ? text : text + "\n").verifies(VerifierKey.parse(key));
        } catch (TamisException refused) {
            return false;
        }
    }

    private void add(Map<String, String> input, boolean accepted) {
        inputs.add(input);
        expected.add(accepted);
    }

    /** Compares both; {@code accepted} is how many must be accepted, below 0 when only some of each kind must be there. */
    private void assertAgreed(int accepted) {
        var differing = new LinkedHashMap<String, Boolean>();
        for (int from = 0; from < inputs.size(); from += BATCH) {
            var batch = inputs.subList(from, Math.min(from + BATCH, inputs.size()));
            var verdicts = (List<?>) page.evaluate(
                    "async inputs => { const all = []; for (const i of inputs) all.push((await tamisVerifier.check(i)).verdict); return all; }",
                    batch);
            for (int i = 0; i < batch.size(); i++) {
                if (verdicts.get(i).equals("holds") != expected.get(from + i)) {
                    differing.put(batch.get(i).toString(), expected.get(from + i));
                }
            }
        }
        assertEquals(Map.of(), differing, "the page disagrees with the Java code");
        long yes = expected.stream().filter(value -> value).count();
        if (accepted >= 0) {
            assertEquals(accepted, yes);
        } else {
            assertTrue(yes > 0 && yes < expected.size(), "one kind only: " + yes);
        }
        assertEquals(List.of(), COMPLAINTS);
    }

    private static PaperLog log(int size) {
        var log = new PaperLog();
        for (int i = 0; i < size; i++) {
            log.append(ID.substring(0, 34) + (10 + i), "{\"n\":" + i + "}");
        }
        return log;
    }

    private static String withoutHash(String receipt) {
        return receipt.replaceFirst("(index [0-9]+\n)[A-Za-z0-9+/]{43}=\n", "$1");
    }

    private static String cut(String line, Random random) {
        return line.isEmpty() ? line : line.substring(0, random.nextInt(line.length()));
    }

    /** The same signature with the group's order added to its second half: valid for a verifier that does not look. */
    private static String malleable(String line) {
        byte[] value = Base64.getDecoder()
                .decode(line.substring(line.lastIndexOf(' ') + 1).strip());
        var order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        var reversed = new byte[32];
        for (int i = 0; i < 32; i++) {
            reversed[i] = value[67 - i];
        }
        byte[] more = new BigInteger(1, reversed).add(order).toByteArray();
        for (int i = 0; i < 32; i++) {
            value[36 + i] = i < more.length ? more[more.length - 1 - i] : 0;
        }
        return line.substring(0, line.lastIndexOf(' ') + 1) + PaperLog.base64(value) + "\n";
    }

    private static String base64(String text) {
        return PaperLog.base64(text.getBytes(UTF_8));
    }
}
