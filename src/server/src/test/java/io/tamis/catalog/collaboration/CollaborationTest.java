package io.tamis.catalog.collaboration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.catalog.collaboration.Collaboration.State;
import io.tamis.data.CollaborationId;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.LegalRelation;
import io.tamis.data.PartyId;
import io.tamis.data.Purpose;
import io.tamis.data.Role;
import io.tamis.data.Semantic;
import io.tamis.policy.Region;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CollaborationTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final PartyId SHOP = new PartyId("shop");
    private static final PartyId VIDEO = new PartyId("video");
    private static final PartyId BRAND = new PartyId("brand");
    private static final DatasetId USERS = new DatasetId("users");

    @Test
    void includes_whoSignedAndHasNotWithdrawn() {
        var agreement = agreement(
                State.ACTIVE,
                1,
                List.of(member(SHOP, true, false), member(VIDEO, true, true), member(BRAND, false, false)),
                List.of());
        assertTrue(agreement.includes(SHOP));
        assertFalse(agreement.includes(VIDEO));
        assertFalse(agreement.includes(BRAND));
        assertFalse(agreement.includes(new PartyId("stranger")));
        assertTrue(agreement.member(BRAND).isPresent());
        assertTrue(agreement.member(VIDEO).isEmpty());
        assertEquals(2, agreement.remaining());
        assertFalse(agreement.signedByAll());
    }

    @Test
    void attachment_inSeveralEpochs_isTheNewest() {
        var agreement = agreement(
                State.ACTIVE,
                3,
                both(),
                List.of(attachment(1, 1), attachment(1, 3), attachment(1, 2), attachment(2, 1)));
        assertEquals(Optional.of(attachment(1, 3)), agreement.attachment(USERS, 1));
        assertEquals(Optional.of(attachment(2, 1)), agreement.attachment(USERS, 2));
        assertEquals(Optional.empty(), agreement.attachment(USERS, 3));
        assertEquals(Optional.empty(), agreement.attachment(new DatasetId("others"), 1));
    }

    @Test
    void agreement_ofTooFewOrTooManyOrTheSameMemberTwice_isNone() {
        var many = new ArrayList<Member>();
        for (int i = 0; i < Collaboration.MEMBERS_MAX + 1; i++) {
            many.add(member(new PartyId("party-" + i), true, false));
        }
        for (List<Member> members :
                List.of(List.of(member(SHOP, true, false)), many, List.of(both().getFirst(), both().getFirst()))) {
            assertThrows(CollaborationException.class, () -> agreement(State.ACTIVE, 1, members, List.of()));
        }
    }

    @Test
    void agreement_whoseStateAndContentsDisagree_isNone() {
        assertThrows(CollaborationException.class, () -> agreement(State.DRAFT, 1, both(), List.of()));
        assertThrows(CollaborationException.class, () -> agreement(State.ACTIVE, 0, both(), List.of()));
        assertThrows(CollaborationException.class, () -> agreement(State.CLOSED, 1, both(), List.of(attachment(1, 1))));
        assertEquals(State.CLOSED, agreement(State.CLOSED, 0, both(), List.of()).state());
    }

    @Test
    void member_inNoRoleOrAnotherOne_isNone() {
        for (Set<Role> roles : List.of(Set.<Role>of(), Set.of(Role.OPERATOR), Set.of(Role.MERCHANT, Role.KEY_HOLDER))) {
            assertThrows(
                    CollaborationException.class, () -> new Member(SHOP, roles, Optional.empty(), Optional.empty()));
        }
    }

    @Test
    void attachment_outOfRange_isNone() {
        var hash = Hash.sha256();
        var phone = new Semantic("CN_MOBILE");
        assertThrows(CollaborationException.class, () -> new Attachment(USERS, 0, 1, phone, hash, 1));
        assertThrows(CollaborationException.class, () -> new Attachment(USERS, 1_000_001, 1, phone, hash, 1));
        assertThrows(CollaborationException.class, () -> new Attachment(USERS, 1, 0, phone, hash, 1));
        assertThrows(CollaborationException.class, () -> new Attachment(USERS, 1, 1, phone, hash, -1));
    }

    private static List<Member> both() {
        return List.of(member(SHOP, true, false), member(BRAND, true, false));
    }

    private static Member member(PartyId party, boolean signed, boolean withdrawn) {
        return new Member(
                party,
                Set.of(Role.PLATFORM),
                Optional.of(NOW).filter(at -> signed),
                Optional.of(NOW).filter(at -> withdrawn));
    }

    private static Attachment attachment(int version, int epoch) {
        return new Attachment(USERS, version, epoch, new Semantic("CN_MOBILE"), Hash.sha256(), 100);
    }

    private static Collaboration agreement(
            State state, int keyEpoch, List<Member> members, List<Attachment> attachments) {
        return new Collaboration(
                new CollaborationId("col_1"),
                state,
                members,
                LegalRelation.JOINT,
                Set.of(Purpose.ATTRIBUTION),
                Region.DOMESTIC,
                keyEpoch,
                Hash.sha256(),
                attachments);
    }
}
