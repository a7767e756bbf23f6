package io.tamis.audience.tags;

import io.quarkus.runtime.StartupEvent;
import io.tamis.audience.board.BoardException;
import io.tamis.audience.board.BoardId;
import io.tamis.audience.board.ContentStore;
import io.tamis.audience.keys.KeyEpochs;
import io.tamis.audience.keys.KeyStanding;
import io.tamis.audience.tags.CiphertextCheck.Checked;
import io.tamis.audience.tags.RoundRows.Row;
import io.tamis.audience.tags.RoundRows.State;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.he.HeException;
import io.tamis.he.KeyEpoch;
import io.tamis.holder.TagName;
import io.tamis.holder.TagSpec;
import io.tamis.holder.slots.Round;
import io.tamis.holder.slots.SlotAudit;
import io.tamis.holder.slots.SlotPlan;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Takes ciphertexts into slots, one each, for ever: {@code <data>/audience/ciphertexts}, under their hash.
 *
 * <p>Race story. Two uploads into one slot meet at {@link CiphertextRows#lock}: the second finds the first; the same bytes are
 * a repetition, others are SLOT_REFUSED, since two values under one u give away their difference. The epoch and the round are
 * held shared, so neither ends between the look and the commit.
 *
 * <p>Crash story. The file is whole under its name before the transaction with its row and its entry commits; without a row it
 * is nobody's, and the platform, which got no answer, sends the same bytes again.
 */
@Singleton
class Ciphertexts implements Uploads {
    /** Uploads looked at together: each is some 300 kB and a millisecond of one core. */
    private static final int CHECKED_MAX = 16;

    private static final int ROUNDS_MAX = 256;
    private static final int WHEN = Interceptor.Priority.LIBRARY_BEFORE + 330;
    private static final Logger LOG = Logger.getLogger(Ciphertexts.class);

    private final ContentStore files;
    private final Jdbi jdbi;
    private final KeyEpochs epochs;
    private final Rounds rounds;
    private final Schemes schemes;
    private final CiphertextCheck check;
    private final TagMinutes minutes;
    private final Semaphore free = new Semaphore(CHECKED_MAX);
    private final Map<BoardId, PassedSlots> passed = new ConcurrentHashMap<>();

    Ciphertexts(
            @ConfigProperty(name = "tamis.data") Path data,
            Jdbi jdbi,
            KeyEpochs epochs,
            Rounds rounds,
            Schemes schemes,
            CiphertextCheck check,
            TagMinutes minutes) {
        this.files = new ContentStore(
                data.toAbsolutePath().normalize().resolve("audience").resolve("ciphertexts"));
        this.jdbi = jdbi;
        this.epochs = epochs;
        this.rounds = rounds;
        this.schemes = schemes;
        this.check = check;
        this.minutes = minutes;
    }

    /** What is in a slot now, and whether this request put it there. */
    record Stored(CiphertextRows.Row row, boolean now) {}

    /** Takes an upload into a slot of this round. */
    Stored put(Actor platform, Row round, int slot, InputStream body) {
        KeyStanding key =
                jdbi.inTransaction(tx -> epochs.hold(tx, round.context().keyEpoch()));
        requirePassed(round, slot);
        byte[] upload = read(body, check.length(key));
        // Taken when the body is here: who sends slowly holds up nobody else.
        free.acquireUninterruptibly();
        try {
            return store(platform, round, slot, check.check(key, round, slots(round, key), slot, upload));
        } finally {
            free.release();
        }
    }

    @Override
    public Optional<UploadedTag> tag(Handle tx, KeyEpoch epoch, DatasetId dataset, int version, TagName name) {
        return RoundRows.of(tx, epoch, dataset, version).stream()
                .filter(round -> round.state() == State.PASSED)
                .findFirst()
                .flatMap(round -> tag(tx, round, name));
    }

    @Override
    public byte[] ciphertext(Hash hash) {
        return files.read(hash).orElseThrow(() -> new BoardException(Code.INTERNAL));
    }

    void start(@Observes @Priority(WHEN) StartupEvent started) {
        sweep();
    }

    /** Deletes what interrupted uploads left. */
    void sweep() {
        long unknown = files.sweep(names -> jdbi.withHandle(handle -> CiphertextRows.known(handle, names)));
        if (unknown > 0) {
            LOG.warnf("the database has no row for %d ciphertexts: they are left as they are", unknown);
        }
    }

    private Optional<UploadedTag> tag(Handle tx, Row round, TagName name) {
        List<TagSpec> specs = RoundRows.tags(tx, round.id());
        int place = specs.stream().map(TagSpec::name).toList().indexOf(name);
        if (place < 0) {
            return Optional.empty();
        }
        int blocks = SlotPlan.blocks(specs.get(place), round.extent().blocks());
        int first = SlotPlan.slots(specs.subList(0, place), round.extent().blocks());
        List<CiphertextRows.Row> rows = CiphertextRows.page(tx, round.id(), first, blocks);
        boolean whole = rows.size() == blocks && rows.getLast().slot() == first + blocks - 1;
        return whole
                ? Optional.of(new UploadedTag(
                        round.id(),
                        round.context(),
                        specs.get(place),
                        round.extent().orderHash(),
                        round.extent().persons(),
                        first,
                        rows.stream().map(CiphertextRows.Row::hash).toList()))
                : Optional.empty();
    }

    private static void requirePassed(Row round, int slot) {
        if (round.state() != State.PASSED) {
            throw new BoardException(Code.SLOT_REFUSED);
        }
        if (slot >= round.extent().slots()) {
            throw HeException.rejected();
        }
    }

    /** At most one byte more than there may be is read: a longer body is refused without being held. */
    private static byte[] read(InputStream body, int length) {
        try {
            byte[] upload = body.readNBytes(length + 1);
            HeException.accept(upload.length == length);
            return upload;
        } catch (IOException brokenOff) {
            throw new BoardException(Code.INVALID_REQUEST, brokenOff);
        }
    }

    private PassedSlots slots(Row round, KeyStanding key) {
        if (passed.size() >= ROUNDS_MAX) {
            passed.clear();
        }
        return passed.computeIfAbsent(round.id(), id -> {
            Round read = jdbi.inTransaction(tx -> rounds.read(tx, round));
            SlotPlan plan = read.plan().orElseThrow();
            return new PassedSlots(
                    plan,
                    read.coin().orElseThrow(),
                    read.openings(),
                    new SlotAudit(round.context(), plan, schemes.candidates(key)));
        });
    }

    private Stored store(Actor platform, Row round, int slot, Checked checked) {
        KeyEpoch epoch = round.context().keyEpoch();
        try (var incoming = files.receive(checked.upload().bytes())) {
            return jdbi.inTransaction(tx -> {
                epochs.hold(tx, epoch);
                requirePassed(RoundRows.held(tx, round.id(), "SHARE").orElseThrow(), slot);
                CiphertextRows.lock(tx, round.id(), slot);
                var there = CiphertextRows.find(tx, round.id(), slot);
                if (there.isPresent()) {
                    if (!there.get().hash().equals(checked.hash())) {
                        throw new BoardException(Code.SLOT_REFUSED);
                    }
                    return new Stored(there.get(), false);
                }
                if (CiphertextRows.hasBody(tx, epoch, checked.body())) {
                    throw HeException.rejected();
                }
                incoming.publish();
                var event = minutes.uploaded(tx, platform, round, slot, checked.hash());
                var row = new CiphertextRows.Row(slot, checked.hash(), event);
                CiphertextRows.insert(tx, round.id(), epoch, row, checked.body(), minutes.now());
                return new Stored(row, true);
            });
        }
    }
}
