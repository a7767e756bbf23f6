package io.tamis.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobQuestionTest {
    private static final JobId JOB = JobId.parse("job_0190163d-8694-739b-aea5-966c26f8ad91");
    private static final JobId ANOTHER = JobId.parse("job_0190163d-8694-739b-aea5-966c26f8ad92");
    private static final PartyId MERCHANT = new PartyId("brand-a");
    private static final Json.Obj REQUEST =
            Json.object().put("type", "AUDIENCE_AGGREGATE").build();

    private static Salt salt(int of) {
        return Salt.of(Hash.sha256(new byte[] {(byte) of}).bytes());
    }

    private static JobQuestion question() {
        return new JobQuestion(JOB, MERCHANT, Role.MERCHANT, "DOMESTIC", REQUEST, salt(1));
    }

    /** Written down by hand: 00000011 "tamis-question-v1" 00000020 salt, length, canonical form. */
    @Test
    void hash_isOfLengthPrefixedDomainSaltAndForm() {
        String canonical = "{\"job\":\"" + JOB + "\",\"merchant\":\"brand-a\",\"region\":\"DOMESTIC\","
                + "\"request\":{\"type\":\"AUDIENCE_AGGREGATE\"},\"role\":\"merchant\"}";
        byte[] form = canonical.getBytes(StandardCharsets.UTF_8);
        assertEquals(
                Hash.sha256(
                        "\0\0\0\u0011tamis-question-v1\0\0\0 ".getBytes(StandardCharsets.ISO_8859_1),
                        salt(1).bytes(),
                        new byte[] {0, 0, 0, (byte) form.length},
                        form),
                question().hash());
    }

    @Test
    void hash_ofAnythingElseAsked_isAnother() {
        var other = Json.object().put("type", "AGGREGATE").build();
        var all = List.of(
                question(),
                new JobQuestion(ANOTHER, MERCHANT, Role.MERCHANT, "DOMESTIC", REQUEST, salt(1)),
                new JobQuestion(JOB, new PartyId("brand-b"), Role.MERCHANT, "DOMESTIC", REQUEST, salt(1)),
                new JobQuestion(JOB, MERCHANT, Role.PLATFORM, "DOMESTIC", REQUEST, salt(1)),
                new JobQuestion(JOB, MERCHANT, Role.MERCHANT, "ABROAD", REQUEST, salt(1)),
                new JobQuestion(JOB, MERCHANT, Role.MERCHANT, "DOMESTIC", other, salt(1)),
                new JobQuestion(JOB, MERCHANT, Role.MERCHANT, "DOMESTIC", REQUEST, salt(2)));
        var hashes = new HashSet<Hash>();
        all.forEach(each -> hashes.add(each.hash()));
        assertEquals(all.size(), hashes.size());
    }

    @Test
    void form_readBack_isTheQuestion() {
        assertEquals(question(), JobQuestion.of(question().toJson(), salt(1)));
        assertNotEquals(question(), JobQuestion.of(question().toJson(), salt(2)));
    }

    /** What is not hashed could be shown to one and not to another. */
    @Test
    void form_withOneMemberMoreOrLessOrOfAnotherKind_isRefused() {
        Json.Obj form = question().toJson();
        refused(Code.UNKNOWN_FIELD, form.with("note", Json.of("harmless")));
        for (String member : List.of("job", "merchant", "role", "region", "request")) {
            refused(Code.INVALID_REQUEST, form.without(member));
            refused(Code.INVALID_REQUEST, form.with(member, Json.of(1)));
        }
        refused(Code.INVALID_REQUEST, form.with("role", Json.of("king")));
        refused(Code.INVALID_REQUEST, form.with("region", Json.of("domestic")));
        refused(Code.INVALID_REQUEST, form.with("request", Json.array(List.of())));
    }

    @Test
    void form_atTheLimit_isTaken_andAByteMoreRefused() {
        int around = question().toJson().canonicalBytes().length - REQUEST.canonicalBytes().length;
        int overhead = "{\"a\":\"\"}".length();
        String text = "x".repeat(JobQuestion.BYTES_MAX - around - overhead);
        JobQuestion.of(question().toJson().with("request", request(text)), salt(1));
        refused(Code.TOO_LARGE, question().toJson().with("request", request(text + "x")));
    }

    private static Json.Obj request(String text) {
        return Json.object().put("a", text).build();
    }

    private static void refused(Code code, Json.Obj form) {
        assertEquals(
                code,
                assertThrows(DataException.class, () -> JobQuestion.of(form, salt(1)))
                        .code());
    }

    @Test
    void text_saysNothingOfWhatIsAsked() {
        assertFalse(question().toString().contains("AUDIENCE"));
    }
}
