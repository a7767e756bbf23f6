package io.tamis.holder.ticket;

import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.PartyId;
import io.tamis.data.PolicyRole;
import io.tamis.he.Tuple;
import io.tamis.log.BudgetRow;
import io.tamis.log.JobQuestion;
import io.tamis.log.Salt;
import io.tamis.policy.Region;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a server asks the active key holders to open: one masked sum a segment, of which each opens coefficient 0 and no
 * other; or one sum of the platforms' own counts, of which each opens one coefficient a bucket. Everything a holder's answer depends on is in it or named by its hash; meaning is in the RFC 8785 form, which the
 * server signs ({@link SignedTicket}). A ticket proves nothing by itself: {@code TicketCheck} of {@code io.tamis.holder.check} recomputes all of it.
 *
 * @param asked who asks, of what, under which rules
 * @param question what the job asks in full, as its owners approved it: the rest of the ticket must be what it says
 * @param keyEpoch number of the key epoch, from 1
 * @param sources the platforms' tags in the order in which they are summed, each dataset once
 * @param segments one number each; all have a label, or there is one without; of counts there is one
 * @param charges every budget row that the job was charged on
 * @param activeSet who must answer: roster members, sorted, each once
 * @param lambda statistical distance of the flooding noise, as in the roster
 * @param approvals where the policy asks for approval at least one of each owner, each of another person; else none
 * @param evidence ledger entries with proofs: {@code job.submitted}, {@code budget.charged}, {@code ticket.issued}, each
 *     {@code approval.given}
 */
public record DecryptionTicket(
        TicketId id,
        Asked asked,
        JobQuestion question,
        long keyEpoch,
        Hash rosterHash,
        List<TicketSource> sources,
        List<TicketSegment> segments,
        TicketBounds bounds,
        TicketNoise noise,
        List<BudgetRow> charges,
        List<PartyId> activeSet,
        int lambda,
        List<TicketApproval> approvals,
        List<TicketEvidence> evidence,
        Validity validity) {
    /** Most datasets of a ticket. */
    public static final int SOURCES_MAX = 8;

    /** Most segments of a ticket. */
    public static final int SEGMENTS_MAX = 64;

    /** Most key holders of a roster. */
    public static final int HOLDERS_MAX = 8;

    /** Longest RFC 8785 form, in bytes. */
    public static final int BYTES_MAX = 4 << 20;

    static final int CHARGES_MAX = 1 + 4 * SOURCES_MAX;
    /** A policy may ask for two approvals a dataset, which is also the most that a job can need. */
    private static final int APPROVALS_MAX = 2 * SOURCES_MAX;

    private static final int EVIDENCE_MAX = APPROVALS_MAX + 3;
    private static final int LAMBDA_MAX = 128;
    private static final String VERSION = "tamis-ticket/v2";

    /**
     * Who asks, of what, under which rules.
     *
     * @param merchant the party that reads the answer
     * @param role under which policy role it asks
     * @param region where it is
     * @param bundle content hash of the policy bundle in force
     * @param resultKey {@link io.tamis.he.threshold.MerchantKey#hash} of the key the sums are opened to; without one the service
     *     reads them
     */
    public record Asked(
            JobId job,
            CollaborationId collaboration,
            PartyId merchant,
            PolicyRole role,
            Region region,
            Metric metric,
            Hash bundle,
            Optional<Hash> resultKey) {
        public Asked {
            Objects.requireNonNull(job);
            Objects.requireNonNull(collaboration);
            Objects.requireNonNull(merchant);
            Objects.requireNonNull(role);
            Objects.requireNonNull(region);
            Objects.requireNonNull(metric);
            Objects.requireNonNull(bundle);
            Objects.requireNonNull(resultKey);
        }

        /** Counts alone, in the open: those of few persons are withheld after they were opened. */
        boolean canBeCounts() {
            return metric == Metric.COUNT && resultKey.isEmpty();
        }

        /** Asked in the open: the service reads the sums. */
        public Asked(
                JobId job,
                CollaborationId collaboration,
                PartyId merchant,
                PolicyRole role,
                Region region,
                Metric metric,
                Hash bundle) {
            this(job, collaboration, merchant, role, region, metric, bundle, Optional.empty());
        }
    }

    /** From when to when, the end not included. */
    public record Validity(Instant issuedAt, Instant expiresAt) {
        public Validity {
            if (!issuedAt.isBefore(expiresAt)) {
                throw invalid();
            }
        }
    }

    public DecryptionTicket {
        Objects.requireNonNull(id);
        Objects.requireNonNull(asked);
        Objects.requireNonNull(question);
        Objects.requireNonNull(rosterHash);
        Objects.requireNonNull(bounds);
        Objects.requireNonNull(noise);
        Objects.requireNonNull(validity);
        sources = sized(sources, 1, SOURCES_MAX);
        segments = sized(segments, 1, SEGMENTS_MAX);
        charges = sized(charges, 1, CHARGES_MAX);
        activeSet = sized(activeSet, 1, HOLDERS_MAX);
        approvals = sized(approvals, 0, APPROVALS_MAX);
        evidence = sized(evidence, 0, EVIDENCE_MAX);
        int masks = sources.size();
        boolean alone = segments.size() == 1;
        if (keyEpoch < 1
                || lambda < 1
                || lambda > LAMBDA_MAX
                || !segments.stream().allMatch(segment -> switch (segment.kind()) {
                    case MASKED -> segment.masks().size() == masks;
                    case BUCKETS -> alone;
                })
                || (segments.getFirst().kind() == QueryKind.BUCKETS && !asked.canBeCounts())) {
            throw invalid();
        }
        requireLabelled(segments);
    }

    private static void requireLabelled(List<TicketSegment> segments) {
        var labels = new HashSet<String>();
        boolean single = segments.size() == 1;
        for (TicketSegment segment : segments) {
            boolean fresh = segment.label().map(labels::add).orElse(single);
            if (!fresh) {
                throw invalid();
            }
        }
    }

    /**
     * What {@code ticket.issued} says is to be opened: SHA-256 of the tuple of {@code tamis-aggregates-v1} and the segments'
     * aggregates, in order.
     */
    public Hash aggregatesHash() {
        var tuple = Tuple.of("tamis-aggregates-v1");
        segments.forEach(segment -> tuple.hash(segment.aggregate()));
        return tuple.sha256();
    }

    /** How the sums come about: all of them alike. */
    public QueryKind kind() {
        return segments.getFirst().kind();
    }

    /** The coefficients that are opened of every sum. */
    private Json.Arr outputs() {
        int count = segments.getFirst().outputs();
        return Json.array(IntStream.range(0, count).mapToObj(Json::of).toList());
    }

    /** The form that is signed and hashed. */
    public Json.Obj toJson() {
        return Json.object()
                .put("apiVersion", VERSION)
                .put("id", id.toString())
                .put("job", asked.job().toString())
                .put("collaboration", asked.collaboration().value())
                .put("merchant", asked.merchant().value())
                .put("role", asked.role().name())
                .put("region", asked.region().name())
                .put("metric", asked.metric().name())
                .put("bundle", asked.bundle().hex())
                .put("question", question.toJson())
                .put("questionSalt", question.salt().hex())
                .putIfPresent("merchantKey", asked.resultKey().map(Hash::hex))
                .put("keyEpoch", keyEpoch)
                .put("roster", rosterHash.hex())
                .put("sources", array(sources.stream().map(TicketSource::toJson).toList()))
                .put(
                        "segments",
                        array(segments.stream().map(TicketSegment::toJson).toList()))
                .put("query", kind().name())
                .put("outputs", outputs())
                .put("bounds", bounds.toJson())
                .put("noise", noise.toJson())
                .put("charges", array(charges.stream().map(BudgetRow::toJson).toList()))
                .put(
                        "activeSet",
                        Json.strings(activeSet.stream().map(PartyId::value).toList()))
                .put("lambda", lambda)
                .put(
                        "approvals",
                        array(approvals.stream().map(TicketApproval::toJson).toList()))
                .put(
                        "evidence",
                        array(evidence.stream().map(TicketEvidence::toJson).toList()))
                .put("issuedAt", validity.issuedAt().toString())
                .put("expiresAt", validity.expiresAt().toString())
                .build();
    }

    /** Reads {@link #toJson()} strictly; {@code INVALID_REQUEST} or {@code TOO_LARGE} when it is none. */
    public static DecryptionTicket fromJson(Json json) {
        var fields = new JsonFields(json);
        if (!fields.string("apiVersion", 32).equals(VERSION)) {
            throw invalid();
        }
        QueryKind kind = fields.constant("query", QueryKind.class);
        Json outputs = fields.value("outputs");
        var ticket = new DecryptionTicket(
                TicketId.parse(fields.string("id", 64)),
                asked(fields),
                question(fields),
                fields.integer("keyEpoch", 1, Json.Int.MAGNITUDE_MAX),
                TicketJson.hash(fields.value("roster")),
                fields.list("sources", SOURCES_MAX, TicketSource::fromJson),
                fields.list("segments", SEGMENTS_MAX, TicketSegment::fromJson),
                TicketBounds.fromJson(fields.value("bounds")),
                TicketNoise.fromJson(fields.value("noise")),
                fields.list("charges", CHARGES_MAX, BudgetRow::fromJson),
                fields.list("activeSet", HOLDERS_MAX, item -> new PartyId(JsonFields.text(item, 64))),
                (int) fields.integer("lambda", 1, LAMBDA_MAX),
                fields.optionalList("approvals", APPROVALS_MAX, TicketApproval::fromJson),
                fields.optionalList("evidence", EVIDENCE_MAX, TicketEvidence::fromJson),
                new Validity(TicketJson.instant(fields, "issuedAt"), TicketJson.instant(fields, "expiresAt")));
        fields.end();
        if (ticket.kind() != kind || !ticket.outputs().equals(outputs)) {
            throw invalid();
        }
        return ticket;
    }

    private static Asked asked(JsonFields fields) {
        return new Asked(
                JobId.parse(fields.string("job", 64)),
                new CollaborationId(fields.string("collaboration", 64)),
                new PartyId(fields.string("merchant", 64)),
                fields.constant("role", PolicyRole.class),
                fields.constant("region", Region.class),
                fields.constant("metric", Metric.class),
                TicketJson.hash(fields.value("bundle")),
                fields.optionalString("merchantKey", 2 * Hash.LENGTH).map(Hash::parse));
    }

    private static JobQuestion question(JsonFields fields) {
        Salt salt = Salt.of(TicketJson.hash(fields.value("questionSalt")).bytes());
        return JobQuestion.of(fields.value("question"), salt);
    }

    private static <T> List<T> sized(List<T> items, int min, int max) {
        if (items.size() < min || items.size() > max) {
            throw invalid();
        }
        return List.copyOf(items);
    }

    private static Json.Arr array(List<Json.Obj> items) {
        return Json.array(items);
    }

    private static DataException invalid() {
        return new DataException(Code.INVALID_REQUEST);
    }
}
