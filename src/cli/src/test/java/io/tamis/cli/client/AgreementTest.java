package io.tamis.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import io.tamis.data.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

public class AgreementTest {
    public static final String ID = "col_0190163d-8694-739b-aea5-966c26f8ad90";

    /** The RFC 8785 text of the terms of {@link #SHOWN}, written by hand. */
    private static final String TERMS = "{\"id\":\"" + ID + "\",\"legalRelation\":\"JOINT\",\"members\":["
            + "{\"party\":\"brand-a\",\"roles\":[\"merchant\",\"platform\"]},{\"party\":\"shop\",\"roles\":[\"platform\"]}],"
            + "\"purposes\":[\"AD_MEASUREMENT\",\"AUDIENCE_INSIGHT\"],\"region\":\"DOMESTIC\"}";

    /** What the service shows, in no particular order, with what is not part of the terms. */
    public static final String SHOWN = """
        {"id":"%s","state":"DRAFT","keyEpoch":0,"createdAt":"2026-11-24T08:00:00Z","eventId":"e-1","datasets":[],
         "members":[{"party":"shop","roles":["platform"],"signedAt":"2026-11-24T08:01:00Z"},
          {"party":"brand-a","roles":["platform","merchant"]}],
         "legalRelation":"JOINT","purposes":["AUDIENCE_INSIGHT","AD_MEASUREMENT"],"region":"DOMESTIC",
         "agreementHash":"%s"}""".formatted(ID, hashOf(TERMS));

    @Test
    void agreed_termsAsShown_isTheDigestOfTheirCanonicalText() {
        assertEquals(hashOf(TERMS), shown(SHOWN).agreed().hex());
    }

    @Test
    void agreed_oneTermIsAnother_signsNothing() {
        for (String changed : new String[] {
            SHOWN.replace("JOINT", "PROVISION"),
            SHOWN.replace("DOMESTIC", "ABROAD"),
            SHOWN.replace("\"shop\"", "\"shup\""),
            SHOWN.replace("[\"AUDIENCE_INSIGHT\",", "[\"AUTOMATED_MARKETING\",\"AUDIENCE_INSIGHT\","),
            SHOWN.replace("[\"platform\",\"merchant\"]", "[\"merchant\"]")
        }) {
            assertNotEquals(SHOWN, changed);
            var refused =
                    assertThrows(ClientException.class, () -> shown(changed).agreed());
            assertEquals(ExitCode.NO, refused.exit());
        }
    }

    @Test
    void agreed_noDigestShown_isAnErrorOfTheService() {
        var refused = assertThrows(
                ClientException.class,
                () -> shown(SHOWN.replace(hashOf(TERMS), "none")).agreed());
        assertEquals(ExitCode.INTERNAL, refused.exit());
    }

    @Test
    void lines_everyTerm_isTold() {
        String lines = String.join("\n", shown(SHOWN).lines());
        for (String told : new String[] {
            ID,
            "shop as platform",
            "brand-a as platform, merchant",
            "JOINT",
            "AD_MEASUREMENT",
            "DOMESTIC",
            hashOf(TERMS)
        }) {
            assertTrue(lines.contains(told), told);
        }
    }

    private static Agreement shown(String json) {
        return new Agreement(JsonView.of(Json.parse(json)));
    }

    private static String hashOf(String terms) {
        return Hash.sha256(("tamis-agreement-v1\n" + terms).getBytes(StandardCharsets.UTF_8))
                .hex();
    }
}
