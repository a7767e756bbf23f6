package io.tamis.catalog.collaboration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.Json;
import io.tamis.data.LegalRelation;
import io.tamis.data.PartyId;
import io.tamis.data.Purpose;
import io.tamis.data.Role;
import io.tamis.data.TamisException;
import io.tamis.policy.Region;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermsTest {
    private static final CollaborationId ID = new CollaborationId("col_01980000-0000-7000-8000-000000000000");

    /** The example of docs/api.md. */
    private static final String EXAMPLE = """
            {"id":"col_01980000-0000-7000-8000-000000000000","legalRelation":"ENTRUSTED","members":[{"party":"brand-a",\
            "roles":["merchant"]},{"party":"shop","roles":["merchant","platform"]}],"purposes":["AD_MEASUREMENT",\
            "ATTRIBUTION"],"region":"DOMESTIC"}""";

    private static final String BODY = """
            {"region":"DOMESTIC","purposes":["ATTRIBUTION","AD_MEASUREMENT"],"legalRelation":"ENTRUSTED","members":\
            [{"party":"shop","roles":["platform","merchant"]},{"roles":["merchant"],"party":"brand-a"}]}""";

    @Test
    void form_doesNotDependOnTheOrderOfTheRequest() {
        assertEquals(EXAMPLE, Terms.parse(Json.parse(BODY)).toJson(ID).canonical());
    }

    /** Computed by {@code printf 'tamis-agreement-v1\n…' | sha256sum}. */
    @Test
    void agreementHash_isTheDocumentedOne() {
        var signed = Terms.parse(Json.parse(BODY)).toJson(ID);
        assertEquals(
                "0e61137a72e1413e9f4403e8c14a060399677c1166b20148aef5e54bd57955ca",
                Terms.agreementHash(signed).hex());
    }

    @Test
    void agreementHash_dependsOnEveryTerm() {
        var hash = Terms.agreementHash(Terms.parse(Json.parse(BODY)).toJson(ID));
        for (String other : List.of(
                BODY.replace("DOMESTIC", "ABROAD"),
                BODY.replace("\"ATTRIBUTION\",", ""),
                BODY.replace("ENTRUSTED", "JOINT"),
                BODY.replace("brand-a", "brand-b"),
                BODY.replace("\"platform\",", ""))) {
            assertNotEquals(
                    hash, Terms.agreementHash(Terms.parse(Json.parse(other)).toJson(ID)), other);
        }
        var elsewhere = new CollaborationId("col_01980000-0000-7000-8000-000000000001");
        assertNotEquals(hash, Terms.agreementHash(Terms.parse(Json.parse(BODY)).toJson(elsewhere)));
    }

    @Test
    void storedForm_isReadBack() {
        Terms terms = Terms.parse(Json.parse(BODY));
        assertEquals(terms, Terms.parseSigned(EXAMPLE));
        assertEquals(
                Map.of(
                        new PartyId("brand-a"), Set.of(Role.MERCHANT),
                        new PartyId("shop"), Set.of(Role.MERCHANT, Role.PLATFORM)),
                terms.members());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"ENTRUSTED\"|\"entrusted\"",
                "\"ENTRUSTED\"|7",
                "\"DOMESTIC\"|\"\"",
                "[\"ATTRIBUTION\",\"AD_MEASUREMENT\"]|[]",
                "[\"ATTRIBUTION\",\"AD_MEASUREMENT\"]|\"ATTRIBUTION\"",
                "[\"ATTRIBUTION\",\"AD_MEASUREMENT\"]|[\"ATTRIBUTION\",\"ATTRIBUTION\"]",
                "brand-a|shop",
                "brand-a|Brand",
                "[\"merchant\"]|[\"data-subject\"]",
                "[\"merchant\"]|[\"merchant\",\"merchant\"]",
                "[\"merchant\"]|[]"
            })
    void parse_ofOtherThanTheDocumentedForm_isRefused(String good, String bad) {
        var refused = assertThrows(TamisException.class, () -> Terms.parse(Json.parse(BODY.replace(good, bad))));
        assertEquals(Code.INVALID_REQUEST, refused.code());
    }

    @Test
    void parse_ofAnIdOfTheCallersChoice_isRefused() {
        var refused = assertThrows(TamisException.class, () -> Terms.parse(Json.parse(EXAMPLE)));
        assertEquals(Code.UNKNOWN_FIELD, refused.code());
    }

    @Test
    void terms_ofOneParty_areNone() {
        var alone = new TreeMap<PartyId, Set<Role>>(Map.of(new PartyId("shop"), Set.of(Role.PLATFORM)));
        assertThrows(
                CollaborationException.class,
                () -> new Terms(alone, LegalRelation.JOINT, Set.of(Purpose.ATTRIBUTION), Region.DOMESTIC));
    }
}
