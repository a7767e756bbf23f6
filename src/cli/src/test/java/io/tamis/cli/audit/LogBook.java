package io.tamis.cli.audit;

import io.tamis.crypto.KeyName;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.Level;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import io.tamis.log.Checkpoint;
import io.tamis.log.EventType;
import io.tamis.log.ExportEntry;
import io.tamis.log.LedgerEvent;
import io.tamis.log.LogExport;
import io.tamis.log.MerkleTree;
import io.tamis.log.Origin;
import io.tamis.log.Salt;
import io.tamis.log.TreeHead;
import io.tamis.log.VerifierKey;
import io.tamis.policy.Action;
import io.tamis.policy.Context;
import io.tamis.policy.DecidedColumn;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.Question;
import io.tamis.policy.Region;
import io.tamis.policy.load.LoadResult;
import io.tamis.policy.load.PolicyLoader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Writes small logs as the service would, or as a dishonest one would, and signs them. */
final class LogBook {
    static final Origin ORIGIN = new Origin("example.com/tamis/2026");
    static final SigningKeys KEYS = new SigningKeys();
    static final VerifierKey KEY = new VerifierKey(ORIGIN, KEYS.publicKey(KeyName.LEDGER_SIGNING));
    static final PolicyBundle BUNDLE = loaded(Path.of("..", "..", "policies"));
    static final Hash RESULT = Hash.sha256("envelope".getBytes(StandardCharsets.UTF_8));

    private final List<Json.Obj> events = new ArrayList<>();
    private final Map<Integer, UUID> erased = new HashMap<>();
    private final Map<Hash, Map<String, byte[]>> bundles = new HashMap<>(Map.of(BUNDLE.contentHash(), BUNDLE.files()));
    private String at = "2026-11-24T05:00:00.000Z";
    private String tenant = "brand-a";
    private Origin origin = ORIGIN;

    private static PolicyBundle loaded(Path folder) {
        return switch (PolicyLoader.load(folder)) {
            case LoadResult.Loaded(PolicyBundle bundle) -> bundle;
            case LoadResult.Rejected(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    /** A job that is submitted, decided, paid, released and delivered: entries 0 to 6. */
    static LogBook honest() {
        return new LogBook().paidJob(1, 1000);
    }

    LogBook paidJob(int job, long rho) {
        return plain(EventType.JOB_SUBMITTED, job)
                .decided(job, rho)
                .budget(EventType.BUDGET_RESERVED, job, rho)
                .budget(EventType.BUDGET_SCANNING, job, rho)
                .budget(EventType.BUDGET_CHARGED, job, rho)
                .published(job)
                .delivered(job);
    }

    /** The same job as a one-shot. */
    LogBook paidOneShot(int job, long epsilon) {
        return plain(EventType.JOB_SUBMITTED, job)
                .decision(job, true, oneShotColumns(epsilon))
                .budget(EventType.BUDGET_RESERVED, job, oneShotRows(epsilon))
                .budget(EventType.BUDGET_SCANNING, job, oneShotRows(epsilon))
                .budget(EventType.BUDGET_CHARGED, job, oneShotRows(epsilon))
                .published(job)
                .delivered(job);
    }

    static List<DecidedColumn> oneShotColumns(long epsilon) {
        return List.of(
                decide(
                        "customer_id",
                        about("customer_id", Purpose.CLV_MODELLING)
                                .context(Context.SANDBOX_INPUT)
                                .action(Action.MATCH)),
                decide(
                        "customer_id",
                        about("customer_id", Purpose.CLV_MODELLING)
                                .context(Context.SANDBOX_OUTPUT)
                                .action(Action.AGGREGATE)
                                .cohort(50)
                                .epsilon(new MicroEpsilon(epsilon))
                                .level(Level.L3)));
    }

    List<Json.Obj> oneShotRows(long epsilon) {
        return fourRows(0).stream()
                .map(row -> row.with("pureEpsilonMicro", Json.of(epsilon)))
                .toList();
    }

    LogBook at(String time) {
        at = time;
        return this;
    }

    LogBook tenant(String party) {
        tenant = party;
        return this;
    }

    static JobId job(int number) {
        return new JobId(uuid(1_000_000 + number));
    }

    /** The event at this place. */
    Json.Obj event(int index) {
        return events.get(index);
    }

    int size() {
        return events.size();
    }

    EventId idOf(int index) {
        return EventId.parse(((Json.Str) events.get(index).member("id").orElseThrow()).value());
    }

    LogBook plain(EventType type, int job) {
        return add(type, Json.object().put("job", job(job).toString()).build());
    }

    /** What a merchant's plain job asks: read an amount, join the unit, release both. */
    LogBook decided(int job, long rho) {
        return decision(job, true, columns(Purpose.CLV_MODELLING, rho));
    }

    LogBook decision(int job, boolean permit, List<DecidedColumn> columns) {
        return add(
                EventType.ACCESS_DECIDED,
                Json.object()
                        .put("job", job(job).toString())
                        .put("dataset", "cdnow")
                        .put("purpose", "CLV_MODELLING")
                        .put("decision", permit ? "PERMIT" : "DENY")
                        .put("bundleHash", BUNDLE.contentHash().hex())
                        .put(
                                "columns",
                                Json.array(columns.stream()
                                        .map(DecidedColumn::toJson)
                                        .toList()))
                        .build());
    }

    static List<DecidedColumn> columns(Purpose purpose, long rho) {
        return List.of(
                decide(
                        "customer_id",
                        about("customer_id", purpose)
                                .context(Context.SANDBOX_INPUT)
                                .action(Action.MATCH)),
                decide(
                        "amount_usd",
                        about("amount_usd", purpose)
                                .context(Context.SANDBOX_INPUT)
                                .action(Action.COMPUTE)),
                decide("customer_id", output("customer_id", purpose, rho).level(Level.L3)),
                decide("amount_usd", output("amount_usd", purpose, rho)));
    }

    private static Question.Builder output(String column, Purpose purpose, long rho) {
        return about(column, purpose)
                .context(Context.SANDBOX_OUTPUT)
                .action(Action.AGGREGATE)
                .cohort(50)
                .rho(new MicroRho(rho));
    }

    static Question.Builder about(String column, Purpose purpose) {
        Dataset cdnow = BUNDLE.datasets().get(new DatasetId("cdnow"));
        Column declared = cdnow.column(new ColumnName(column)).orElseThrow();
        return Question.about(cdnow, declared, purpose, LocalDate.of(2026, 11, 24))
                .role(PolicyRole.MERCHANT)
                .region(Region.DOMESTIC);
    }

    static DecidedColumn decide(String column, Question.Builder question) {
        var asked = question.build();
        return new DecidedColumn(new ColumnName(column), asked, BUNDLE.decide(asked));
    }

    LogBook budget(EventType type, int job, long rho) {
        return budget(type, job, fourRows(rho));
    }

    LogBook budget(EventType type, int job, List<Json.Obj> rows) {
        return add(
                type,
                Json.object()
                        .put("job", job(job).toString())
                        .put("rows", Json.array(rows))
                        .build());
    }

    List<Json.Obj> fourRows(long rho) {
        return List.of(
                row("*", "LIFETIME", rho),
                row("*", "2026-11", rho),
                row(tenant, "LIFETIME", rho),
                row(tenant, "2026-11", rho));
    }

    static Json.Obj row(String merchant, String period, long rho) {
        return Json.object()
                .put("dataset", "cdnow")
                .put("merchant", merchant)
                .put("period", period)
                .put("rhoMicro", rho)
                .put("deltaE18", 0)
                .put("pureEpsilonMicro", 0)
                .build();
    }

    LogBook published(int job) {
        return add(EventType.RELEASE_PUBLISHED, release(job).build());
    }

    /** An answer given again: names the entry of the first time. */
    LogBook repeated(int job, EventId earlier) {
        return add(
                EventType.RELEASE_PUBLISHED,
                release(job).put("of", earlier.toString()).build());
    }

    LogBook delivered(int job) {
        return add(
                EventType.RELEASE_DELIVERED,
                release(job).put("receiver", tenant).put("format", "JSON").build());
    }

    private static Json.Builder release(int job) {
        return Json.object()
                .put("job", job(job).toString())
                .put("dataset", "cdnow")
                .put("purpose", "CLV_MODELLING")
                .put("resultHash", RESULT.hex());
    }

    LogBook add(EventType type, Json.Obj fields) {
        return add(type.wire(), fields);
    }

    LogBook add(String type, Json.Obj fields) {
        Json.Obj event = fields.with("v", Json.of(1))
                .with("id", Json.of(uuid(events.size() + 1).toString()))
                .with("at", Json.of(at))
                .with("type", Json.of(type))
                .with("tenant", Json.of(tenant))
                .with(
                        "actor",
                        Json.object()
                                .put("id", "u-1")
                                .put("role", "merchant")
                                .put("department", "sales")
                                .build());
        events.add(event);
        return this;
    }

    /** Changes an entry before anything is signed: what a lying service would do, not a tamperer. */
    LogBook edit(int index, UnaryOperator<Json.Obj> change) {
        events.set(index, change.apply(events.get(index)));
        return this;
    }

    LogBook set(int index, String field, Json value) {
        return edit(index, event -> event.with(field, value));
    }

    /** Changes a column of a decision. */
    LogBook setColumn(int index, int column, String field, Json value) {
        return edit(index, event -> {
            var columns = new ArrayList<>(((Json.Arr) event.member("columns").orElseThrow()).items());
            columns.set(column, ((Json.Obj) columns.get(column)).with(field, value));
            return event.with("columns", Json.array(columns));
        });
    }

    LogBook drop(int index) {
        events.remove(index);
        return this;
    }

    /** The same entry once more at the end, under a fresh id. */
    LogBook repeat(int index) {
        events.add(events.get(index).with("id", Json.of(uuid(events.size() + 1).toString())));
        return this;
    }

    /** An entry that is withheld as erased, though nothing says that its key was destroyed. */
    LogBook erase(int index) {
        erased.put(index, uuid(2_000_000));
        return this;
    }

    /** What an erasure writes: the entry that the key was destroyed. */
    LogBook keyDestroyed() {
        return keyDestroyed(
                Json.strings(List.of(uuid(2_000_001).toString(), uuid(2_000_000).toString())));
    }

    LogBook keyDestroyed(Json keyIds) {
        return add(EventType.KEY_DESTROYED, Json.object().put("keyIds", keyIds).build());
    }

    LogBook bundle(Hash hash, Map<String, byte[]> files) {
        bundles.put(hash, files);
        return this;
    }

    LogBook withoutBundles() {
        bundles.clear();
        return this;
    }

    /** The log as it was when it had this many entries. */
    LogBook first(int count) {
        var earlier = new LogBook();
        earlier.events.addAll(events.subList(0, count));
        erased.forEach((index, key) -> {
            if (index < count) {
                earlier.erased.put(index, key);
            }
        });
        earlier.bundles.putAll(bundles);
        earlier.origin = origin;
        return earlier;
    }

    /** Another log's name. */
    LogBook named(Origin other) {
        origin = other;
        return this;
    }

    static VerifierKey key(Origin origin) {
        return KEY.named(origin);
    }

    TreeHead head() {
        var tree = new MerkleTree();
        for (int i = 0; i < events.size(); i++) {
            tree.append(new ExportEntry.Present(i, salt(i), new LedgerEvent(events.get(i)))
                    .entry()
                    .leaf());
        }
        return tree.head();
    }

    /** The first entry of a log that continues another one. */
    LogBook opened(Origin before, TreeHead head) {
        return add(
                EventType.LOG_OPENED,
                Json.object()
                        .put(
                                "previous",
                                Json.object()
                                        .put("origin", before.value())
                                        .put("size", head.size())
                                        .put("root", head.root().hex())
                                        .build())
                        .build());
    }

    /** Writes and signs the export. */
    void write(Path folder) {
        var entries = new ArrayList<ExportEntry>();
        var tree = new MerkleTree();
        for (int i = 0; i < events.size(); i++) {
            var present = new ExportEntry.Present(i, salt(i), new LedgerEvent(events.get(i)));
            tree.append(present.entry().leaf());
            entries.add(erased.containsKey(i) ? new ExportEntry.Erased(i, present.entry(), erased.get(i)) : present);
        }
        try {
            var export = new LogExport(LogExport.Target.folder(folder));
            export.entries(entries);
            for (var bundle : bundles.entrySet()) {
                export.bundle(bundle.getKey(), bundle.getValue());
            }
            export.checkpoint(new Checkpoint(origin, tree.head()).sign(KEYS, KeyName.LEDGER_SIGNING));
            export.finish();
        } catch (IOException unwritable) {
            throw new AssertionError(unwritable);
        }
    }

    private static Salt salt(int index) {
        return Salt.of(Hash.sha256(ByteBuffer.allocate(4).putInt(index).array()).bytes());
    }

    private static UUID uuid(long number) {
        return new UUID(0x0190163d_0000_7000L, 0x8000_0000_0000_0000L | number);
    }
}
