package io.tamis.holder.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tamis.crypto.MemoryKeys;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import io.tamis.data.Role;
import io.tamis.he.mask.BitMask;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.HolderRefusal;
import io.tamis.holder.ticket.LedgerOfTickets;
import io.tamis.holder.ticket.Metric;
import io.tamis.holder.ticket.SignedTicket;
import io.tamis.holder.ticket.TicketApproval;
import io.tamis.holder.ticket.TicketBounds;
import io.tamis.holder.ticket.TicketEvidence;
import io.tamis.holder.ticket.TicketSegment;
import io.tamis.holder.ticket.TicketSource;
import io.tamis.holder.ticket.Tickets;
import io.tamis.log.BudgetRow;
import io.tamis.log.EventType;
import io.tamis.policy.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each of the seven conditions of a ticket, met and missed by one. A hostile server wrote what is missed. */
class TicketCheckTest {
    private final TicketWorld world = new TicketWorld();
    private final TicketDraft draft = world.draft;

    @Test
    void ticket_ofAnHonestServer_isAccepted() {
        var accepted = assertInstanceOf(TicketVerdict.Accepted.class, world.verdict());
        assertEquals(2, accepted.sums().size());
        assertEquals(
                draft.segments.getFirst().aggregate(),
                accepted.sums().getFirst().hash());
    }

    // Item 1

    @Test
    void signature_byAnotherKey_isRefused() {
        assertEquals(
                new TicketVerdict.Refused(HolderRefusal.TICKET_SIGNATURE),
                world.verdict(SignedTicket.sign(draft.ticket(), new MemoryKeys(8))));
    }

    @Test
    void signature_ofAnotherTicket_isRefused() {
        var json = SignedTicket.sign(draft.ticket(), world.server).toJson();
        draft.bounds = new TicketBounds(99, 500, 2, 1);
        assertEquals(
                new TicketVerdict.Refused(HolderRefusal.TICKET_SIGNATURE),
                world.verdict(
                        SignedTicket.fromJson(json.with("ticket", draft.ticket().toJson()))));
    }

    @Test
    void roster_ofOtherPeople_isRefused() {
        draft.rosterHash = Tickets.hash("another roster");
        world.refused(HolderRefusal.ROSTER_UNKNOWN);
    }

    @Test
    void epoch_oneFurtherOrEnded_isRefused() {
        draft.keyEpoch++;
        world.refused(HolderRefusal.KEY_EPOCH);
        draft.keyEpoch--;
        world.epochOpen = false;
        world.refused(HolderRefusal.KEY_EPOCH);
    }

    @Test
    void validity_atItsBorders_endsToTheSecond() {
        var at = draft.validity.issuedAt();
        world.now = draft.validity.expiresAt().minusMillis(1);
        world.accepted();
        world.now = draft.validity.expiresAt();
        world.refused(HolderRefusal.TICKET_EXPIRED);
        world.now = at.minusSeconds(300);
        world.accepted();
        world.now = at.minusSeconds(301);
        world.refused(HolderRefusal.TICKET_EXPIRED);
        world.now = TicketWorld.NOW;
        draft.validity = new DecryptionTicket.Validity(at, at.plusSeconds(72 * 3600));
        world.accepted();
        draft.validity = new DecryptionTicket.Validity(at, at.plusSeconds(72 * 3600 + 1));
        world.refused(HolderRefusal.TICKET_EXPIRED);
    }

    @Test
    void bundle_otherThanTheHolders_isRefused() {
        asked(PolicyRole.MERCHANT, Region.DOMESTIC, Tickets.hash("a laxer bundle"));
        world.refused(HolderRefusal.BUNDLE_UNKNOWN);
    }

    @Test
    void activeSet_ofTooFewOrStrangersOrNamesTwice_isRefused() {
        var one = TicketWorld.SELF;
        var two = new PartyId("holder-2");
        draft.activeSet = List.of(one);
        world.refused(HolderRefusal.ACTIVE_SET);
        draft.activeSet = List.of(one, one);
        world.refused(HolderRefusal.ACTIVE_SET);
        draft.activeSet = List.of(two, one);
        world.refused(HolderRefusal.ACTIVE_SET);
        draft.activeSet = List.of(one, new PartyId("holder-4"));
        world.refused(HolderRefusal.ACTIVE_SET);
        draft.activeSet = List.of(two, new PartyId("holder-3"));
        world.refused(HolderRefusal.NOT_ACTIVE);
        draft.activeSet = List.of(one, two, new PartyId("holder-3"));
        world.accepted();
    }

    @Test
    void merchant_underOneControlWithAPlatform_isRefused() {
        for (String merchant : List.of("brand-s", "shop", "messenger")) {
            var attacked = new TicketWorld();
            attacked.draft.asked = new DecryptionTicket.Asked(
                    draft.asked.job(),
                    draft.asked.collaboration(),
                    new PartyId(merchant),
                    PolicyRole.MERCHANT,
                    Region.DOMESTIC,
                    Metric.SUM,
                    draft.asked.bundle());
            attacked.draft.charges = attacked.draft.charges.stream()
                    .map(row -> new BudgetRow(
                            row.dataset(), row.merchant().map(_ -> new PartyId(merchant)), row.period(), row.amount()))
                    .toList();
            attacked.evidence();
            var event = attacked.ledger.append(
                    EventType.BUDGET_CHARGED, draft.validity.issuedAt(), attacked.chargedBy(merchant));
            attacked.replaceCharge(event);
            assertEquals(new TicketVerdict.Refused(HolderRefusal.COMMON_CONTROL), attacked.verdict());
        }
    }

    @Test
    void policy_thatDeniesRoleRegionOrPurpose_isRefused() {
        asked(PolicyRole.DATA_SUBJECT, Region.DOMESTIC, draft.asked.bundle());
        world.refused(HolderRefusal.POLICY_DENIED);
        asked(PolicyRole.MERCHANT, Region.ABROAD, draft.asked.bundle());
        world.refused(HolderRefusal.POLICY_DENIED);
        asked(PolicyRole.MERCHANT, Region.DOMESTIC, draft.asked.bundle());
        world.accepted();
        purpose(Purpose.FRAUD_CONTROL);
        world.refused(HolderRefusal.POLICY_DENIED);
    }

    @Test
    void job_askedInAnotherRole_isRefused() {
        world.evidence();
        var submitted = world.submitted("platform");
        draft.evidence = replaced(EventType.JOB_SUBMITTED, submitted);
        world.refused(HolderRefusal.APPROVAL_MISSING);
    }

    /** The purpose is the merchant's own, in the ledger: a server cannot choose one that the policy likes better. */
    @Test
    void purpose_otherThanInTheLedger_isRefused() {
        purpose(Purpose.ATTRIBUTION);
        world.refused(HolderRefusal.APPROVAL_MISSING);
    }

    @Test
    void approval_missingOrRejectedOrOfAnotherSubject_isRefused() {
        var both = draft.approvals;
        draft.approvals = both.subList(0, 1);
        world.refused(HolderRefusal.APPROVAL_MISSING);
        draft.approvals = both;
        world.accepted();
        draft.evidence = draft.evidence.stream()
                .filter(evidence ->
                        !evidence.event().id().equals(both.getFirst().event()))
                .toList();
        world.refused(HolderRefusal.APPROVAL_MISSING);
        approvedAs("REJECTED", world.subject(draft.asked.bundle()));
        world.refused(HolderRefusal.APPROVAL_MISSING);
        approvedAs("APPROVED", world.subject(Tickets.hash("another bundle")));
        world.refused(HolderRefusal.APPROVAL_MISSING);
    }

    @Test
    void approval_ofAnotherPersonThanTheTicketNames_isRefused() {
        var first = draft.approvals.getFirst();
        draft.approvals = List.of(
                new TicketApproval(first.party(), new PersonId("u-9"), first.department(), first.event()),
                draft.approvals.get(1));
        world.refused(HolderRefusal.APPROVAL_MISSING);
    }

    /** The policy is asked with the number of approvals: one said twice, or one of nobody, would make one more. */
    @Test
    void approvals_paddedWithARepetitionOrAnInvention_areRefused() {
        var both = draft.approvals;
        draft.approvals = List.of(both.getFirst(), both.get(1), both.getFirst());
        world.refused(HolderRefusal.APPROVAL_MISSING);
        draft.approvals = List.of(
                both.getFirst(),
                both.get(1),
                new TicketApproval(
                        TicketWorld.MERCHANT,
                        new PersonId("u-9"),
                        both.getFirst().department(),
                        both.getFirst().event()));
        world.refused(HolderRefusal.APPROVAL_MISSING);
    }

    /** A person with tokens of two parties asks as the one and says yes as the other. */
    @Test
    void approval_ofAnotherPartyByWhoAsked_isRefused() {
        var messenger = draft.approvals.get(1);
        approvedBy(world.approval("shop", "u-7", "trade-platform"), messenger);
        world.refused(HolderRefusal.APPROVAL_MISSING);
        // The department's name is another party's affair.
        approvedBy(world.approval("shop", "u-8", "marketing"), messenger);
        world.accepted();
    }

    @Test
    void approval_inAnotherRoleThanThePlatforms_isRefused() {
        var shop = draft.approvals.getFirst();
        var body = draft.evidence.get(1).event().body().without("v", "id", "at", "type");
        var actor = (Json.Obj) body.member("actor").orElseThrow();
        for (Role role : Role.values()) {
            var event = world.ledger.append(
                    EventType.APPROVAL_GIVEN,
                    draft.validity.issuedAt(),
                    body.with("actor", actor.with("role", Json.of(role.token()))));
            approvedBy(new TicketApproval(shop.party(), shop.by(), shop.department(), event), draft.approvals.get(1));
            if (role == Role.PLATFORM) {
                world.accepted();
            } else {
                world.refused(HolderRefusal.APPROVAL_MISSING);
            }
        }
    }

    /** A policy may ask for more approvals than there are owners. */
    @Test
    void approvals_ofTwoPersonsOfOneOwner_areAccepted_andOfOnePersonOrDepartmentRefused() {
        var both = draft.approvals;
        var first = both.getFirst();
        approvedBy(first, world.approval("shop", "u-1022", "legal"), both.get(1));
        world.accepted();
        approvedBy(first, world.approval("shop", first.by().value(), "legal"), both.get(1));
        world.refused(HolderRefusal.APPROVAL_MISSING);
        approvedBy(first, world.approval("shop", "u-1022", first.department().value()), both.get(1));
        world.refused(HolderRefusal.APPROVAL_MISSING);
        approvedBy(first, world.approval("shop", "u-1022", "legal"));
        world.refused(HolderRefusal.APPROVAL_MISSING);
    }

    /** An entry that the roster's ledger keys do not prove is no entry. */
    @Test
    void evidence_ofAnotherLedger_isRefused() {
        var other = new LedgerOfTickets(2);
        var forged = new ArrayList<TicketEvidence>();
        for (TicketEvidence evidence : draft.evidence) {
            var event = evidence.event();
            var body = event.body().without("v", "id", "at", "type");
            forged.add(other.evidence(other.append(event.type().orElseThrow(), draft.validity.issuedAt(), body)));
        }
        draft.evidence = List.copyOf(forged);
        world.refused(HolderRefusal.CHARGE_MISSING);
    }

    // Item 2

    @Test
    void dataset_twice_isRefused() {
        draft.sources = List.of(draft.sources.getFirst(), draft.sources.getFirst());
        world.refused(HolderRefusal.INPUT_REPEATED);
    }

    /** A duplicated input would count its users twice under noise for once. */
    @Test
    void input_twice_isRefused() {
        var hashes = new ArrayList<>(draft.sources.getFirst().inputs());
        hashes.set(1, hashes.getFirst());
        inputs(hashes);
        world.refused(HolderRefusal.INPUT_REPEATED);
    }

    @Test
    void inputs_oneTooFewOrTooMany_areRefused() {
        var hashes = draft.sources.getFirst().inputs();
        inputs(hashes.subList(0, hashes.size() - 1));
        world.refused(HolderRefusal.INPUTS_INCOMPLETE);
        var more = new ArrayList<>(hashes);
        more.add(Tickets.hash("one more"));
        inputs(more);
        world.refused(HolderRefusal.INPUTS_INCOMPLETE);
    }

    @Test
    void input_swappedWithItsNeighbour_isRefused() {
        var hashes = new ArrayList<>(draft.sources.getFirst().inputs());
        hashes.set(0, hashes.set(1, hashes.getFirst()));
        inputs(hashes);
        world.refused(HolderRefusal.INPUT_NOT_PASSED);
    }

    @Test
    void input_withoutOctetsOrOfOthers_isRefused() {
        Hash first = draft.sources.getFirst().inputs().getFirst();
        byte[] upload = world.octets.remove(first);
        world.refused(HolderRefusal.INPUT_NOT_PASSED);
        byte[] changed = upload.clone();
        changed[200] ^= 1;
        world.octets.put(first, changed);
        world.refused(HolderRefusal.INPUT_NOT_PASSED);
    }

    @Test
    void input_signedByAnotherPlatform_isRefused() {
        byte[] upload = world.shop.uploads.getFirst();
        byte[] content = Arrays.copyOf(upload, upload.length - 64);
        replaced(0, world.messenger.signed(content));
        world.refused(HolderRefusal.INPUT_NOT_PASSED);
    }

    /** The attack of encrypted-aggregation section 4: a c1 chosen by its sender opens the whole collective key. */
    @Test
    void input_whoseC1NoAuditPassed_isRefused() {
        replaced(0, world.shop.unaudited(0));
        world.refused(HolderRefusal.INPUT_NOT_PASSED);
    }

    @Test
    void input_ofAnotherSlot_isRefused() {
        replaced(
                0,
                world.shop.encrypted(
                        0, world.shop.header(1, TicketWorld.SCHEME.params().n())));
        world.refused(HolderRefusal.INPUT_NOT_PASSED);
    }

    @Test
    void source_ofARoundNotPassed_isRefused() {
        var source = draft.sources.getFirst();
        draft.sources = List.of(
                new TicketSource(
                        source.dataset(), source.version(), 2, source.purpose(), source.tag(), source.inputs()),
                draft.sources.get(1));
        world.refused(HolderRefusal.INPUT_NOT_PASSED);
    }

    @Test
    void tag_thatTheRoundDoesNotHave_isRefused() {
        var source = draft.sources.getFirst();
        draft.sources = List.of(
                new TicketSource(
                        source.dataset(), source.version(), 1, source.purpose(), "orders_90d", source.inputs()),
                draft.sources.get(1));
        world.refused(HolderRefusal.DECLARATION_UNKNOWN);
    }

    // Item 3

    /** The malicious server of the demonstration: it wants one person's ciphertext opened, under a sum that looks right. */
    @Test
    void aggregate_thatIsOnePersonsCiphertext_isRefused() {
        var victim = draft.sources.getFirst().inputs().getFirst();
        aggregate(victim);
        world.refused(HolderRefusal.AGGREGATE_DIFFERS);
    }

    @Test
    void aggregates_swapped_areRefused() {
        var one = draft.segments.get(0);
        var two = draft.segments.get(1);
        draft.segments = List.of(
                new TicketSegment(one.label(), one.masks(), two.aggregate()),
                new TicketSegment(two.label(), two.masks(), one.aggregate()));
        world.refused(HolderRefusal.AGGREGATE_DIFFERS);
    }

    // Item 4

    @Test
    void mask_ofOnePerson_isRefused() {
        world.masks(List.of(TicketWorld.segment("T1", position -> position == 7)));
        world.refused(HolderRefusal.COHORT_TOO_SMALL);
    }

    @Test
    void mask_ofKMinusOnePersons_isRefusedAndOfKAccepted() {
        world.masks(List.of(TicketWorld.segment("T1", position -> position < 99)));
        world.refused(HolderRefusal.COHORT_TOO_SMALL);
        world.masks(List.of(TicketWorld.segment("T1", position -> position < 100)));
        world.accepted();
    }

    /** Enough persons on one platform do not make up for too few on the other. */
    @Test
    void mask_tooLightOnOnePlatform_isRefused() {
        world.masks(
                List.of(List.of(mask(TicketWorld.USERS, 200), mask(TicketWorld.USERS, 99))),
                List.of(Optional.of("T1")));
        world.refused(HolderRefusal.COHORT_TOO_SMALL);
    }

    @Test
    void cohort_oneBelowLevelFour_isRefused() {
        draft.bounds = new TicketBounds(99, 500, 2, 1);
        world.refused(HolderRefusal.COHORT_TOO_SMALL);
    }

    @Test
    void mask_thatIsNotThereOrOfAnotherHash_isRefused() {
        Hash mask = draft.segments.getFirst().masks().getFirst();
        byte[] file = world.octets.remove(mask);
        world.refused(HolderRefusal.MASK_MALFORMED);
        file[10] ^= 1;
        world.octets.put(mask, file);
        world.refused(HolderRefusal.MASK_MALFORMED);
    }

    /** Padding: one victim and 99 places behind the last person, where nobody stands. */
    @Test
    void mask_paddedWithPlacesWhereNobodyStands_isRefused() {
        int padded = 320;
        var attack = BitMask.of(padded, position -> position == 7 || position >= TicketWorld.USERS - 80);
        attacked(attack);
        world.refused(HolderRefusal.MASK_MALFORMED);
        attacked(BitMask.of(TicketWorld.USERS - 1, position -> position < 150));
        world.refused(HolderRefusal.MASK_MALFORMED);
    }

    /**
     * Padding that no ciphertext's count betrays: the last block is full, so a mask with a further block has the right length in
     * every block that is summed. One victim, and a block and a half of places where nobody can stand.
     */
    @Test
    void mask_paddedBehindALastBlockThatIsFull_isRefused() {
        int full = 5 * TicketWorld.SCHEME.params().n();
        var attacked = new TicketWorld(full);
        var attack = BitMask.of(full + 128, position -> position == 7 || position >= full);
        attacked.masks(List.of(List.of(attack, attack)), List.of(Optional.of("T1")));
        assertEquals(new TicketVerdict.Refused(HolderRefusal.MASK_MALFORMED), attacked.verdict());
        attacked.masks(List.of(TicketWorld.segment("T1", position -> position < 150)));
        assertInstanceOf(TicketVerdict.Accepted.class, attacked.verdict());
    }

    private void asked(PolicyRole role, Region region, Hash bundle) {
        var asked = draft.asked;
        draft.asked = new DecryptionTicket.Asked(
                asked.job(), asked.collaboration(), asked.merchant(), role, region, asked.metric(), bundle);
    }

    private void purpose(Purpose purpose) {
        draft.sources = draft.sources.stream()
                .map(source -> new TicketSource(
                        source.dataset(), source.version(), source.attempt(), purpose, source.tag(), source.inputs()))
                .toList();
    }

    private void approvedAs(String verdict, Hash subject) {
        world.evidence();
        var approval = world.approval("shop", "u-1021", "trade-platform", verdict, subject);
        draft.approvals = List.of(approval, draft.approvals.get(1));
        var all = new ArrayList<>(draft.evidence);
        all.set(1, world.ledger.evidence(approval.event()));
        draft.evidence = List.copyOf(all);
    }

    /** These approvals and their entries in the place of the honest ones. */
    private void approvedBy(TicketApproval... approvals) {
        var shown = new ArrayList<>(draft.evidence.stream()
                .filter(evidence -> !evidence.event().type().equals(Optional.of(EventType.APPROVAL_GIVEN)))
                .toList());
        draft.approvals = List.of(approvals);
        draft.approvals.forEach(approval -> shown.add(world.ledger.evidence(approval.event())));
        draft.evidence = List.copyOf(shown);
    }

    private List<TicketEvidence> replaced(EventType type, EventId by) {
        return draft.evidence.stream()
                .map(evidence ->
                        evidence.event().type().equals(Optional.of(type)) ? world.ledger.evidence(by) : evidence)
                .toList();
    }

    private void inputs(List<Hash> hashes) {
        var source = draft.sources.getFirst();
        draft.sources = List.of(
                new TicketSource(source.dataset(), source.version(), 1, source.purpose(), source.tag(), hashes),
                draft.sources.get(1));
    }

    /** Puts another upload in a block's place, under its own hash. */
    private void replaced(int block, byte[] upload) {
        var hashes = new ArrayList<>(draft.sources.getFirst().inputs());
        hashes.set(block, TestPlatform.contentHash(upload));
        world.octets.put(hashes.get(block), upload);
        inputs(hashes);
    }

    private void aggregate(Hash aggregate) {
        var segment = draft.segments.getFirst();
        draft.segments = List.of(new TicketSegment(segment.label(), segment.masks(), aggregate), draft.segments.get(1));
    }

    /** One segment with this mask on the first platform, whatever its aggregate would be. */
    private void attacked(BitMask mask) {
        var other = mask(TicketWorld.USERS, 150);
        world.octets.put(mask.hash(), mask.file());
        world.octets.put(other.hash(), other.file());
        draft.segments = List.of(new TicketSegment(
                Optional.of("T1"), List.of(mask.hash(), other.hash()), Tickets.hash("whatever it is")));
    }

    private static BitMask mask(int bits, int weight) {
        return BitMask.of(bits, position -> position < weight);
    }
}
