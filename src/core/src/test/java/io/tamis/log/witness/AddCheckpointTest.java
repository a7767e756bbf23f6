package io.tamis.log.witness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.Samples;
import io.tamis.data.TamisException;
import io.tamis.log.LogException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddCheckpointTest {
    /** The example request of C2SP tlog-witness. */
    private static final String EXAMPLE = """
            old 20852014
            PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
            jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
            5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
            /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            \u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            \u2014 example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
            """;

    @Test
    void parse_theSpecificationsExample_readsItAndWritesTheSameBytes() {
        var parsed = AddCheckpoint.parse(EXAMPLE.getBytes(UTF_8));
        assertEquals(20_852_014, parsed.oldSize());
        assertEquals(4, parsed.proof().size());
        assertArrayEquals(
                HexFormat.of().parseHex("3e544d0abc07a6a846aeea6e7b42fb8316e36cc88a03db5e9afb996430e991ac"),
                parsed.proof().getFirst().bytes());
        assertEquals(20_852_163, Claim.parse(parsed.note().text()).head().size());
        assertEquals(
                "example.com/behind-the-sofa", Claim.parse(parsed.note().text()).origin());
        assertEquals(2, parsed.note().signatures().size());
        assertArrayEquals(EXAMPLE.getBytes(UTF_8), parsed.encoded());
    }

    @Test
    void parse_withoutProof_isRead() {
        byte[] body = GrownLog.of(3).body(0, 3);
        assertEquals(0, AddCheckpoint.parse(body).proof().size());
        assertArrayEquals(body, AddCheckpoint.parse(body).encoded());
    }

    @Test
    void parse_63Hashes_areReadAnd64AreNot() {
        var note = GrownLog.of(3).note(3);
        var most = new AddCheckpoint(1, Collections.nCopies(63, Hash.sha256()), note);
        assertEquals(most, AddCheckpoint.parse(most.encoded()));
        String one = new String(most.encoded(), UTF_8).replaceFirst("\n", "\n" + "A".repeat(43) + "=\n");
        assertThrows(LogException.class, () -> AddCheckpoint.parse(one.getBytes(UTF_8)));
        assertThrows(LogException.class, () -> new AddCheckpoint(1, Collections.nCopies(64, Hash.sha256()), note));
        assertThrows(LogException.class, () -> new AddCheckpoint(-1, Collections.emptyList(), note));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "old 01",
                "old -1",
                "old +1",
                "old",
                "old ",
                "old 1 ",
                "old  1",
                "OLD 1",
                "new 1",
                " old 1",
                "old 1\r",
                "old 9223372036854775808",
                "old 1e3",
                "old \u0661",
                "old 1\nAAAA",
                "old 1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "old 1\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw",
                "old 1\n PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=",
                "old 1\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkax=",
                "old 1\nold 1"
            })
    void parse_aHeadOutOfForm_isRefused(String head) {
        String rest = EXAMPLE.substring(EXAMPLE.indexOf("\n\n"));
        var refused = assertThrows(TamisException.class, () -> AddCheckpoint.parse((head + rest).getBytes(UTF_8)));
        assertEquals(Code.INVALID_REQUEST, refused.code());
    }

    @Test
    void parse_tooMuch_isRefusedUnread() {
        var refused =
                assertThrows(LogException.class, () -> AddCheckpoint.parse(new byte[AddCheckpoint.BYTES_MAX + 1]));
        assertEquals(Code.TOO_LARGE, refused.code());
    }

    @Test
    void parse_anyMutation_throwsOnlyWhatItNames() {
        byte[] good = EXAMPLE.getBytes(UTF_8);
        Samples.forAll(
                26_038_003,
                5_000,
                random -> {
                    byte[] bytes = good.clone();
                    for (int i = 0; i < 1 + random.nextInt(3); i++) {
                        int at = random.nextInt(bytes.length);
                        switch (random.nextInt(3)) {
                            case 0 -> bytes[at] = (byte) random.nextInt(256);
                            case 1 -> bytes = Arrays.copyOf(bytes, at);
                            default -> bytes[at] = '\n';
                        }
                        if (bytes.length == 0) {
                            break;
                        }
                    }
                    return bytes;
                },
                bytes -> {
                    try {
                        assertArrayEquals(bytes, AddCheckpoint.parse(bytes).encoded());
                    } catch (LogException refused) {
                        assertEquals(Code.INVALID_REQUEST, refused.code(), new String(bytes, ISO_8859_1));
                    }
                });
    }
}
