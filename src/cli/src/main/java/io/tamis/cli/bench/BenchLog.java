package io.tamis.cli.bench;

import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.log.Checkpoint;
import io.tamis.log.LogEntry;
import io.tamis.log.LogExport;
import io.tamis.log.Origin;
import io.tamis.log.RightEdge;
import io.tamis.log.Salt;
import io.tamis.log.VerifierKey;
import io.tamis.policy.PolicyBundle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * An export of any number of entries to audit: accesses as gateways report them, some 480 bytes each, and now and then a
 * job that is decided, paid, released and delivered. Ids, salts and times follow from the position; the key is fresh.
 */
final class BenchLog {
    /** Most entries. */
    static final long ENTRIES_MAX = 100_000_000;

    /** A paid job begins at every so many entries, as long as the budgets of {@link BenchJob} last. */
    private static final int JOB_EVERY = 256;

    private static final int CHUNK = 1 << 16;
    private static final Instant BEGUN = Instant.parse("2026-01-01T00:00:00Z");
    private static final DateTimeFormatter AT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** Three accesses a millisecond: ten million take an hour. */
    private static final int PER_MILLISECOND = 3;

    private final BenchKey key = new BenchKey(new Origin("bench.example/tamis/2026"));
    private final BenchJob jobs;
    private final long entries;
    private RightEdge edge = RightEdge.EMPTY;

    /** A line and the leaf it makes. */
    private record Line(String text, Hash leaf) {}

    BenchLog(PolicyBundle bundle, long entries) {
        this.jobs = new BenchJob(bundle);
        this.entries = entries;
    }

    /** What an auditor is given. */
    VerifierKey key() {
        return key.verifier();
    }

    /** Writes the export; {@code progress} hears how many entries are written. */
    void write(Path folder, LongConsumer progress) throws IOException {
        var export = new LogExport(LogExport.Target.folder(folder));
        export.lines(() -> lines(progress));
        export.bundle(jobs.bundle().contentHash(), jobs.bundle().files());
        export.checkpoint(key.sign(new Checkpoint(key.verifier().name(), edge.head())));
        export.finish();
    }

    /** Made a chunk at a time by all processors. */
    private Iterator<byte[]> lines(LongConsumer progress) {
        return LongStream.iterate(0, from -> from < entries, from -> from + CHUNK)
                .mapToObj(from -> {
                    List<Line> chunk = LongStream.range(from, Math.min(entries, from + CHUNK))
                            .parallel()
                            .mapToObj(this::line)
                            .toList();
                    edge = edge.plus(chunk.stream().map(Line::leaf).toList());
                    progress.accept(edge.size());
                    return chunk;
                })
                .flatMap(List::stream)
                .map(line -> line.text().getBytes(StandardCharsets.UTF_8))
                .iterator();
    }

    private Line line(long index) {
        UUID id = id(index);
        String at = AT.format(BEGUN.plusMillis(index / PER_MILLISECOND));
        long job = index / JOB_EVERY;
        int step = (int) (index % JOB_EVERY);
        String event = jobs.covers(job, step) ? jobs.event(job, step, id, at) : access(index, id, at);
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        byte[] salt = Hash.sha256(ByteBuffer.allocate(Long.BYTES).putLong(index).array())
                .bytes();
        var entry = LogEntry.commit(Salt.of(salt), new EventId(id), bytes);
        String text = "{\"commitment\":\"" + entry.commitment().hex() + "\",\"event\":" + event + ",\"id\":\"" + id
                + "\",\"index\":" + index + ",\"salt\":\"" + Hash.of(salt).hex() + "\"}";
        return new Line(text, entry.leaf());
    }

    /** UUIDv7 of the entry's millisecond, as a gateway makes them. */
    private static UUID id(long index) {
        long millis = BEGUN.toEpochMilli() + index / PER_MILLISECOND;
        long mixed = (index + 1) * 0x9E3779B97F4A7C15L;
        return new UUID(
                millis << 16 | 0x7000 | mixed >>> 52, 0x8000_0000_0000_0000L | (mixed * 0xBF58476D1CE4E5B9L) >>> 2);
    }

    /** Canonical as written: members in the order of their names, no white space. */
    private static String access(long index, UUID id, String at) {
        return "{\"actor\":{\"department\":\"measurement\",\"id\":\"svc-gateway-" + index % 8
                + "\",\"role\":\"platform-gateway\"},\"at\":\"" + at
                + "\",\"columns\":[\"order_id\",\"amount_cents\",\"category\",\"paid_at\"],\"dataset\":\"shop-orders\","
                + "\"decision\":\"PERMIT\",\"id\":\"" + id
                + "\",\"keyIds\":[\"0190163d-8694-7000-8000-0000000000aa\"],\"legalBasis\":\"CONTRACT\",\"piaId\":\"pia-2026-017\","
                + "\"purpose\":\"AD_MEASUREMENT\",\"request\":\"req-" + Long.toHexString(index * 0x9E3779B97F4A7C15L)
                + "\",\"tenant\":\"shop-platform\",\"type\":\"access.reported\",\"v\":1}";
    }
}
