package io.tamis.audience;

import io.tamis.audience.tags.UploadedTag;
import io.tamis.audience.tags.Uploads;
import io.tamis.audience.tickets.SealedAudience;
import io.tamis.audience.tickets.SealedSegment;
import io.tamis.audience.tickets.TicketFiles;
import io.tamis.catalog.Catalog;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.order.PositionMap;
import io.tamis.catalog.order.Positions;
import io.tamis.catalog.scan.Deadline;
import io.tamis.catalog.scan.PositionScan;
import io.tamis.catalog.scan.ScanException;
import io.tamis.data.Code;
import io.tamis.he.Aggregate;
import io.tamis.he.Bfv;
import io.tamis.he.CipherKind;
import io.tamis.he.Ciphertext;
import io.tamis.he.SignedBody;
import io.tamis.he.mask.BitMask;
import io.tamis.he.threshold.OpenedMax;
import io.tamis.holder.ticket.TicketSegment;
import io.tamis.jobs.ScanInputs;
import io.tamis.privacy.Noise;
import io.tamis.privacy.NoisedUsers;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The work under encryption: who is in which segment, which segments are large enough, and their masked sums.
 *
 * <p>Unit: one person of each platform's dataset; neighbours: one person added or removed. A person has one row, hence is in one
 * segment of a platform. The exact users of a segment are noised here and forgotten; a segment goes on only when the noised
 * users of every platform are enough, which is post-processing.
 */
@Singleton
class Sealing {
    private final Catalog catalog;
    private final Positions positions;
    private final Uploads uploads;
    private final MaskCache masks;
    private final TicketFiles files;
    private final Noise noise;

    Sealing(Catalog catalog, Positions positions, Uploads uploads, MaskCache masks, TicketFiles files, Noise noise) {
        this.catalog = catalog;
        this.positions = positions;
        this.uploads = uploads;
        this.masks = masks;
        this.files = files;
        this.noise = noise;
    }

    /** A sealed audience and the files it names, not yet in their places; whoever gets it closes it. */
    record Work(SealedAudience audience, TicketFiles.Batch batch) {}

    Work seal(AudienceQuery query, EncryptedTags.Standing.There there, ScanInputs inputs) {
        return query.terms().counts() ? counts(query, there) : segments(query, there, inputs);
    }

    /** Counts are added up as they came: no row is read, no mask made, no user measured. */
    private Work counts(AudienceQuery query, EncryptedTags.Standing.There there) {
        Bfv scheme = masks.scheme(there.key());
        int content = Ciphertext.length(scheme.params(), CipherKind.PUBLIC_KEY);
        var ciphertexts = query.sources().stream()
                .flatMap(source -> there.tags().get(source.dataset()).ciphertexts().stream())
                .map(hash -> Ciphertext.read(
                        scheme,
                        SignedBody.split(uploads.ciphertext(hash), content).content()))
                .toList();
        Aggregate sum = Aggregate.sum(scheme, ciphertexts);
        TicketFiles.Batch batch = files.batch();
        try {
            var segment = new SealedSegment(
                    0, TicketSegment.counts(query.labels(), sum.hash()), batch.add(sum.body()), sum.summed());
            return new Work(audience(query, there, Optional.empty(), List.of(segment)), batch);
        } catch (RuntimeException | Error failed) {
            batch.close();
            throw failed;
        }
    }

    private Work segments(AudienceQuery query, EncryptedTags.Standing.There there, ScanInputs inputs) {
        var deadline = Deadline.in(inputs.limits().timeout());
        var segments = new ArrayList<Segments>();
        for (AudienceQuery.Source source : query.sources()) {
            UploadedTag tag = there.tags().get(source.dataset());
            segments.add(segments(source, tag, inputs.snapshot(source.dataset()), deadline));
        }
        int groups = query.terms().groups();
        long[][] exact =
                segments.stream().map(platform -> platform.users(groups)).toArray(long[][]::new);
        NoisedUsers users = NoisedUsers.draw(query.terms().spec(), exact, noise);
        List<Integer> open = users.toOpen(query.terms().spec());
        TicketFiles.Batch batch = files.batch();
        try {
            return new Work(
                    audience(query, there, Optional.of(users), opened(query, there, segments, open, batch, deadline)),
                    batch);
        } catch (RuntimeException | Error failed) {
            batch.close();
            throw failed;
        }
    }

    private Segments segments(AudienceQuery.Source source, UploadedTag tag, Snapshot snapshot, Deadline deadline) {
        PositionMap order = positions.of(snapshot);
        if (!order.orderHash().equals(tag.orderHash()) || order.persons() != tag.persons()) {
            throw new ScanException(Code.JOB_FAILED);
        }
        return new Segments(PositionScan.labels(
                source.rows(), snapshot, catalog, new PositionScan.Order(order.persons(), order::position), deadline));
    }

    private List<SealedSegment> opened(
            AudienceQuery query,
            EncryptedTags.Standing.There there,
            List<Segments> platforms,
            List<Integer> open,
            TicketFiles.Batch batch,
            Deadline deadline) {
        if (open.isEmpty()) {
            return List.of();
        }
        Bfv scheme = masks.scheme(there.key());
        var sources = new ArrayList<MaskedSums.Source>();
        for (int at = 0; at < platforms.size(); at++) {
            UploadedTag tag = there.tags().get(query.sources().get(at).dataset());
            List<BitMask> own = open.stream().map(platforms.get(at)::mask).toList();
            own.forEach(mask -> batch.add(mask.file()));
            sources.add(new MaskedSums.Source(tag.ciphertexts(), own));
        }
        List<Aggregate> sums =
                new MaskedSums(scheme, masks.forms(there.key()), uploads::ciphertext, deadline).sums(sources);
        var segments = new ArrayList<SealedSegment>();
        for (int at = 0; at < open.size(); at++) {
            int segment = at;
            var hashes = sources.stream()
                    .map(source -> source.masks().get(segment).hash())
                    .toList();
            Aggregate sum = sums.get(at);
            Optional<String> label =
                    query.segmented() ? Optional.of(query.labels().get(open.get(at))) : Optional.empty();
            segments.add(new SealedSegment(
                    open.get(at), new TicketSegment(label, hashes, sum.hash()), batch.add(sum.body()), sum.summed()));
        }
        return segments;
    }

    private static SealedAudience audience(
            AudienceQuery query,
            EncryptedTags.Standing.There there,
            Optional<NoisedUsers> users,
            List<SealedSegment> segments) {
        var sources = query.sources().stream()
                .map(source -> {
                    UploadedTag tag = there.tags().get(source.dataset());
                    return new SealedAudience.Source(
                            source.dataset(),
                            tag.context().version(),
                            tag.context().attempt(),
                            tag.spec().name(),
                            tag.ciphertexts());
                })
                .toList();
        long maxAbs = query.terms().clamp().magnitude() / query.sources().size();
        return new SealedAudience(
                there.key().epoch(),
                query.metric(),
                query.resultKey(),
                sources,
                maxAbs,
                query.terms(),
                users,
                segments,
                new OpenedMax(query.magnitudeMax()));
    }
}
