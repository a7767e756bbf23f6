package io.tamis.holder.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.MemoryKeys;
import io.tamis.data.Charge;
import io.tamis.data.Clamp;
import io.tamis.data.CollaborationId;
import io.tamis.data.DatasetId;
import io.tamis.data.DepartmentId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.MicroRho;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import io.tamis.data.Role;
import io.tamis.he.Aggregate;
import io.tamis.he.Bfv;
import io.tamis.he.CipherKind;
import io.tamis.he.Ciphertext;
import io.tamis.he.Schemes;
import io.tamis.he.SignedBody;
import io.tamis.he.Tuple;
import io.tamis.he.mask.BitMask;
import io.tamis.he.mask.FreshMaskForms;
import io.tamis.he.mask.MaskSums;
import io.tamis.he.threshold.Holders;
import io.tamis.holder.GroupId;
import io.tamis.holder.OpeningLimit;
import io.tamis.holder.PartyKey;
import io.tamis.holder.ProfileName;
import io.tamis.holder.Roster;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.HolderRefusal;
import io.tamis.holder.ticket.LedgerOfTickets;
import io.tamis.holder.ticket.Metric;
import io.tamis.holder.ticket.OpenedTicket;
import io.tamis.holder.ticket.SignedTicket;
import io.tamis.holder.ticket.TicketApproval;
import io.tamis.holder.ticket.TicketBounds;
import io.tamis.holder.ticket.TicketEvidence;
import io.tamis.holder.ticket.TicketId;
import io.tamis.holder.ticket.TicketNoise;
import io.tamis.holder.ticket.TicketSegment;
import io.tamis.holder.ticket.TicketSource;
import io.tamis.holder.ticket.Tickets;
import io.tamis.log.BudgetRow;
import io.tamis.log.EventType;
import io.tamis.log.JobQuestion;
import io.tamis.log.LedgerEvent;
import io.tamis.log.Salt;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.Region;
import io.tamis.privacy.Loss;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Everything behind one honest ticket, in memory: three holders of whom two open, two platforms with 300 users each in blocks of
 * 64, the repository's policy, a ledger. An attack changes the draft or the octets.
 */
final class TicketWorld {
    static final Instant NOW = Instant.parse("2026-11-24T05:10:00Z");
    static final Bfv SCHEME = Schemes.SMALL;
    static final int USERS = 300;
    static final PartyId MERCHANT = new PartyId("brand-a");
    static final PartyId SELF = new PartyId("holder-1");
    static final CollaborationId COLLABORATION = new CollaborationId("col_1");
    static final MicroRho RHO = new MicroRho(1_200);
    private static final Instant AT = Instant.parse("2026-11-24T05:00:00Z");
    private static final JobId JOB = JobId.parse("job_0190163d-8694-739b-aea5-966c26f8ad91");

    final MemoryKeys server = new MemoryKeys(7);
    final LedgerOfTickets ledger = new LedgerOfTickets(1);
    final Holders holders = Holders.shamir(SCHEME, 2, 3);
    final PolicyBundle bundle = BandPolicies.BUNDLE;
    final Roster roster = roster();
    final TestPlatform shop;
    final TestPlatform messenger;
    final Map<Hash, byte[]> octets = new HashMap<>();
    final TicketDraft draft = new TicketDraft();
    List<OpenedTicket> opened = new ArrayList<>();

    /** Platforms with counts, when they are the ticket's instead of those with tags. */
    List<TestPlatform> counting = List.of();

    boolean epochOpen = true;

    /** Whether the server writes the ticket down as it is; an attack on that entry alone says no. */
    boolean recorded = true;

    /** What the holder keeps of each round it passed. */
    UnaryOperator<PassedRound> kept = round -> round;

    Instant now = NOW;

    TicketWorld() {
        this(USERS);
    }

    /** The same with another number of users on each platform. */
    TicketWorld(int users) {
        shop = platform("shop", "shop-users", "friends", users);
        messenger = platform("messenger", "messenger-users", "contacts", users);
        platforms()
                .forEach(platform ->
                        platform.uploads.forEach(upload -> octets.put(TestPlatform.contentHash(upload), upload)));
        draft.id = TicketId.parse("tk_0190163d-8694-739b-aea5-966c26f8ad92");
        draft.asked = new DecryptionTicket.Asked(
                JOB, COLLABORATION, MERCHANT, PolicyRole.MERCHANT, Region.DOMESTIC, Metric.SUM, bundle.contentHash());
        draft.keyEpoch = TestPlatform.EPOCH;
        draft.rosterHash = roster.hash();
        draft.sources = platforms().stream().map(TicketWorld::source).toList();
        draft.bounds = new TicketBounds(100, 500, 2, 1);
        draft.noise = TicketNoise.of(new Loss.Zcdp(new MicroRho(RHO.value() / 3)), draft.bounds);
        draft.charges = charges(RHO);
        draft.activeSet = List.of(SELF, new PartyId("holder-3"));
        draft.lambda = 40;
        draft.validity = new DecryptionTicket.Validity(AT, AT.plusSeconds(3_600));
        masks(List.of(segment("T1", position -> position % 2 == 0), segment("T2", position -> position % 2 == 1)));
        evidence();
    }

    /** A segment: its label and who is in it, on every platform. */
    record Segment(Optional<String> label, IntPredicate members) {}

    static Segment segment(String label, IntPredicate members) {
        return new Segment(Optional.of(label), members);
    }

    List<TestPlatform> platforms() {
        return counting.isEmpty() ? List.of(shop, messenger) : counting;
    }

    static TicketSource source(TestPlatform platform) {
        return new TicketSource(
                platform.dataset, TestPlatform.VERSION, 1, Purpose.AUDIENCE_INSIGHT, platform.tag, platform.hashes);
    }

    /** Sets segments whose aggregates are what the server's code makes of them. */
    void masks(List<Segment> segments) {
        masks(
                segments.stream()
                        .map(segment -> platforms().stream()
                                .map(platform -> BitMask.of(platform.values.length, segment.members()))
                                .toList())
                        .toList(),
                segments.stream().map(Segment::label).toList());
    }

    /** The same with a mask of its own for each platform. */
    void masks(List<List<BitMask>> bySegment, List<Optional<String>> labels) {
        List<Aggregate> sums = sums(bySegment);
        var made = new ArrayList<TicketSegment>();
        for (int i = 0; i < bySegment.size(); i++) {
            bySegment.get(i).forEach(mask -> octets.put(mask.hash(), mask.file()));
            made.add(new TicketSegment(
                    labels.get(i),
                    bySegment.get(i).stream().map(BitMask::hash).toList(),
                    sums.get(i).hash()));
        }
        draft.segments = List.copyOf(made);
    }

    private List<Aggregate> sums(List<List<BitMask>> bySegment) {
        var sums = new MaskSums(SCHEME, new FreshMaskForms(SCHEME), bySegment.size());
        for (int source = 0; source < platforms().size(); source++) {
            int at = source;
            var masks = bySegment.stream().map(masksOf -> masksOf.get(at)).toList();
            List<byte[]> uploads = platforms().get(source).uploads;
            for (int block = 0; block < uploads.size(); block++) {
                sums.add(ciphertext(uploads.get(block)), block, masks);
            }
        }
        return sums.finish();
    }

    static Ciphertext ciphertext(byte[] upload) {
        int length = Ciphertext.length(SCHEME.params(), CipherKind.PUBLIC_KEY);
        return Ciphertext.read(SCHEME, SignedBody.split(upload, length).content());
    }

    /** The true sum of a segment. */
    long truth(IntPredicate members) {
        return platforms().stream()
                .mapToLong(platform -> IntStream.range(0, platform.values.length)
                        .filter(members)
                        .mapToLong(position -> platform.values[position])
                        .sum())
                .sum();
    }

    static List<BudgetRow> charges(MicroRho rho) {
        var rows = new ArrayList<BudgetRow>();
        Charge amount = Charge.ofRho(rho);
        for (String family : List.of("shop-users", "messenger-users")) {
            for (var merchant : List.of(Optional.of(MERCHANT), Optional.<PartyId>empty())) {
                for (var period : List.of(Optional.of(YearMonth.of(2026, 11)), Optional.<YearMonth>empty())) {
                    rows.add(new BudgetRow(Optional.of(new DatasetId(family)), merchant, period, amount));
                }
            }
        }
        rows.add(new BudgetRow(Optional.empty(), Optional.empty(), Optional.empty(), amount.plus(amount)));
        return List.copyOf(rows);
    }

    /** What the draft is the ticket of. */
    JobQuestion question() {
        return question(request());
    }

    JobQuestion question(Json.Obj request) {
        return new JobQuestion(
                JOB,
                draft.asked.merchant(),
                Role.MERCHANT,
                draft.asked.region().name(),
                request,
                Salt.of(Tickets.hash("question salt").bytes()));
    }

    /** A job request that the draft answers, by city tier. */
    Json.Obj request() {
        return request(
                counting.isEmpty()
                        ? Json.object()
                                .put("metric", draft.asked.metric().name())
                                .put("tags", tags())
                                .put(
                                        "where",
                                        Json.object()
                                                .put("shop-users", Json.array(List.of()))
                                                .build())
                                .put("groupBy", "city_tier")
                                .putIfPresent(
                                        "resultKey", draft.asked.resultKey().map(Hash::hex))
                                .build()
                        : Json.object()
                                .put("metric", draft.asked.metric().name())
                                .put("buckets", tags())
                                .build());
    }

    Json.Obj request(Json.Obj params) {
        return Json.object()
                .put("jobRequestId", "tiers-1")
                .put("type", "AUDIENCE_AGGREGATE")
                .put("collaborationId", COLLABORATION.value())
                .put("datasets", Json.array(datasets()))
                .put("params", params)
                .put("privacy", Json.object().put("rhoMicro", RHO.value()).build())
                .put("reason", "how friends are spread over cities")
                .build();
    }

    private Json.Obj tags() {
        var tags = Json.object();
        draft.sources.forEach(source -> tags.put(source.dataset().value(), source.tag()));
        return tags.build();
    }

    private List<Json.Obj> datasets() {
        return draft.sources.stream()
                .map(source -> Json.object()
                        .put("id", source.dataset().value())
                        .put("version", source.version())
                        .put("purpose", source.purpose().name())
                        .build())
                .toList();
    }

    /** The same entries and proofs for another question. */
    void asking(JobQuestion question) {
        draft.question = question;
        write();
    }

    /** Writes the job's entries as the draft has them and puts their proofs into it. */
    void evidence() {
        draft.question = question();
        write();
    }

    private void write() {
        EventId submitted = submitted("merchant");
        draft.approvals = List.of(
                approval("shop", "u-1021", "trade-platform"), approval("messenger", "u-1041", "messenger-platform"));
        EventId charged = charged(draft.charges);
        var shown = new ArrayList<TicketEvidence>();
        shown.add(ledger.evidence(submitted));
        draft.approvals.forEach(approval -> shown.add(ledger.evidence(approval.event())));
        shown.add(ledger.evidence(charged));
        draft.evidence = List.copyOf(shown);
        shown.add(ledger.evidence(issued(charged)));
        draft.evidence = List.copyOf(shown);
    }

    EventId issued(EventId charge) {
        return ledger.append(EventType.TICKET_ISSUED, AT, issuedFor(charge));
    }

    /** What an honest server writes of the draft. */
    Json.Obj issuedFor(EventId charge) {
        return Json.object()
                .put("tenant", MERCHANT.value())
                .put("job", JOB.toString())
                .put("ticket", draft.id.toString())
                .put("charge", charge.toString())
                .put("keyEpoch", draft.keyEpoch)
                .put("openings", draft.segments.size())
                .put("aggregates", draft.ticket().aggregatesHash().hex())
                .put(
                        "holders",
                        Json.strings(
                                draft.activeSet.stream().map(PartyId::value).toList()))
                .build();
    }

    /** The entry of the job's charge that is shown. */
    Optional<EventId> charge() {
        return shown(EventType.BUDGET_CHARGED).map(LedgerEvent::id);
    }

    /** Shows an entry of the draft as it is now, unless the one that is shown is of it. */
    private void record() {
        charge().map(this::issuedFor)
                .filter(body -> !issue().equals(Optional.of(body)))
                .ifPresent(body -> replaceIssue(ledger.append(EventType.TICKET_ISSUED, AT, body)));
    }

    private Optional<Json.Obj> issue() {
        return shown(EventType.TICKET_ISSUED).map(event -> event.body().without("v", "id", "at", "type"));
    }

    private Optional<LedgerEvent> shown(EventType type) {
        return draft.evidence.stream()
                .map(TicketEvidence::event)
                .filter(event -> event.type().equals(Optional.of(type)))
                .findFirst();
    }

    /** Shows this entry in the place of the one that says the ticket was issued. */
    void replaceIssue(EventId issue) {
        replace(EventType.TICKET_ISSUED, issue);
    }

    EventId submitted(String role) {
        return ledger.append(
                EventType.JOB_SUBMITTED,
                AT,
                Json.object()
                        .put("tenant", draft.asked.merchant().value())
                        .put("actor", actor("u-7", role, "marketing"))
                        .put("job", JOB.toString())
                        .put("collaborationId", COLLABORATION.value())
                        .put("requestHash", Tickets.hash("request").hex())
                        .put("questionHash", draft.question.hash().hex())
                        .put("datasets", Json.array(datasets()))
                        .build());
    }

    TicketApproval approval(String party, String person, String department) {
        return approval(party, person, department, "APPROVED", subject(bundle.contentHash()));
    }

    Hash subject(Hash bundle) {
        return Tuple.of("tamis-approval-v2")
                .hash(draft.question.hash())
                .hash(bundle)
                .sha256();
    }

    TicketApproval approval(String party, String person, String department, String verdict, Hash subject) {
        EventId event = ledger.append(
                EventType.APPROVAL_GIVEN,
                AT,
                Json.object()
                        .put("tenant", party)
                        .put("actor", actor(person, "platform", department))
                        .put("job", JOB.toString())
                        .put("subjectHash", subject.hex())
                        .put("verdict", verdict)
                        .build());
        return new TicketApproval(new PartyId(party), new PersonId(person), new DepartmentId(department), event);
    }

    EventId charged(List<BudgetRow> rows) {
        return ledger.append(EventType.BUDGET_CHARGED, AT, chargedBy(MERCHANT.value(), rows));
    }

    Json.Obj chargedBy(String merchant) {
        return chargedBy(merchant, draft.charges);
    }

    private static Json.Obj chargedBy(String merchant, List<BudgetRow> rows) {
        return Json.object()
                .put("tenant", merchant)
                .put("job", JOB.toString())
                .put("collaborationId", COLLABORATION.value())
                .put("rows", Json.array(rows.stream().map(BudgetRow::toJson).toList()))
                .build();
    }

    /** Shows this entry in the place of the charge. */
    void replaceCharge(EventId charge) {
        replace(EventType.BUDGET_CHARGED, charge);
    }

    private void replace(EventType type, EventId with) {
        draft.evidence = draft.evidence.stream()
                .map(evidence -> evidence.event().type().equals(Optional.of(type)) ? ledger.evidence(with) : evidence)
                .toList();
    }

    private static Json.Obj actor(String id, String role, String department) {
        return Json.object()
                .put("id", id)
                .put("role", role)
                .put("department", department)
                .build();
    }

    HolderFacts facts() {
        return facts(SELF);
    }

    HolderFacts facts(PartyId self) {
        return new HolderFacts(
                self,
                roster,
                bundle,
                epoch -> epochOpen && epoch == TestPlatform.EPOCH,
                (epoch, source) -> platforms().stream()
                        .filter(platform -> platform.dataset.equals(source.dataset())
                                && epoch == TestPlatform.EPOCH
                                && source.version() == TestPlatform.VERSION
                                && source.attempt() == 1)
                        .map(platform -> kept.apply(platform.round))
                        .findFirst(),
                OpeningBook.of(opened, 3));
    }

    /** The ticket as it stands is answered. */
    void accepted() {
        assertInstanceOf(TicketVerdict.Accepted.class, verdict());
    }

    /** The ticket as it stands is refused, for this reason. */
    void refused(HolderRefusal reason) {
        assertEquals(new TicketVerdict.Refused(reason), verdict());
    }

    TicketVerdict verdict() {
        if (recorded) {
            record();
        }
        return verdict(SignedTicket.sign(draft.ticket(), server));
    }

    TicketVerdict verdict(SignedTicket signed) {
        return new TicketCheck(SCHEME, facts(), () -> now).check(signed, hash -> Optional.ofNullable(octets.get(hash)));
    }

    /** The line that an accepted ticket leaves in the holder's log. */
    OpenedTicket line(EventId charge) {
        return new OpenedTicket(
                draft.id,
                draft.ticket().asked().job(),
                SignedTicket.sign(draft.ticket(), server).hash(),
                draft.keyEpoch,
                COLLABORATION,
                draft.segments.stream().map(TicketSegment::aggregate).toList(),
                draft.activeSet,
                charge,
                draft.charges,
                Tickets.hash("share"),
                NOW);
    }

    private TestPlatform platform(String party, String dataset, String column, int users) {
        long[] values = IntStream.range(0, users)
                .mapToLong(i -> (31L * i + party.length()) % 501)
                .toArray();
        return new TestPlatform(
                holders.key(),
                roster.hash(),
                new TestPlatform.Named(new PartyId(party), new DatasetId(dataset), column, new Clamp(0, 500)),
                values);
    }

    /** The keys of holder i. They are made when they are first asked for, so always in this order. */
    static MemoryKeys holderKeys(int i) {
        var keys = new MemoryKeys(100 + i);
        keys.publicKey(KeyName.HOLDER_SIGNING);
        keys.publicKey(KeyName.HOLDER_SEALING);
        return keys;
    }

    private Roster roster() {
        var members = new ArrayList<Roster.Holder>();
        for (int i = 1; i <= 3; i++) {
            var keys = holderKeys(i);
            members.add(new Roster.Holder(
                    new PartyId("holder-" + i),
                    PartyKey.of(keys.publicKey(KeyName.HOLDER_SIGNING)),
                    PartyKey.of(keys.publicKey(KeyName.HOLDER_SEALING))));
        }
        return new Roster(
                new GroupId("test"),
                new ProfileName("TEST-64"),
                2,
                members,
                List.of(
                        new Roster.Platform(new PartyId("messenger"), TestPlatform.key(new PartyId("messenger"))),
                        new Roster.Platform(new PartyId("shop"), TestPlatform.key(new PartyId("shop")))),
                PartyKey.of(server.publicKey(KeyName.TICKET_SIGNING)),
                List.of(ledger.key()),
                List.of(List.of(new PartyId("brand-s"), new PartyId("shop"))),
                new OpeningLimit(64, 40));
    }
}
