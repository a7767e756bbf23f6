package io.tamis.audience;

import io.tamis.audience.keys.KeyStanding;
import io.tamis.audience.keys.MerchantKeys;
import io.tamis.audience.tickets.SealedAudiences;
import io.tamis.catalog.Catalog;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.scan.ScanException;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.he.HeParams;
import io.tamis.holder.TagSpec;
import io.tamis.jobs.ChargedJob;
import io.tamis.jobs.Plan;
import io.tamis.jobs.PlanRequest;
import io.tamis.jobs.Planned;
import io.tamis.jobs.ScanInputs;
import io.tamis.jobs.Sealed;
import io.tamis.jobs.SealedJobType;
import io.tamis.jobs.Shares;
import io.tamis.privacy.Presented;
import io.tamis.privacy.Release;
import io.tamis.privacy.SealedReleaser;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * AUDIENCE_AGGREGATE: how many of several platforms' persons have a tag, or what their tags add up to, by segments; the tags
 * encrypted, the sums opened by key holders.
 *
 * <p>Or, asked with {@code buckets}, how many persons have each value of a column that no server sees: the platforms count
 * themselves and encrypt the counts, {@link SealedReleaser#counts}. All declared values are opened, no users are measured.
 *
 * <p>Unit: one person, who may be on all platforms; neighbours: one person added or removed everywhere. Sensitivity: 1 in the
 * users of each platform, maxAbs x platforms in the sum, see {@link SealedReleaser}. Who clamps: the platform, before it
 * encrypts. A person on two platforms counts on both: nobody joins them.
 */
@Singleton
public class AudienceJob implements SealedJobType {
    private static final String NAME = "AUDIENCE_AGGREGATE";

    private final Jdbi jdbi;
    private final Catalog catalog;
    private final EncryptedTags tags;
    private final Sealing sealing;
    private final SealedAudiences audiences;
    private final MerchantKeys merchantKeys;

    AudienceJob(
            Jdbi jdbi,
            Catalog catalog,
            EncryptedTags tags,
            Sealing sealing,
            SealedAudiences audiences,
            MerchantKeys merchantKeys) {
        this.jdbi = jdbi;
        this.catalog = catalog;
        this.tags = tags;
        this.sealing = sealing;
        this.audiences = audiences;
        this.merchantKeys = merchantKeys;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Refuses by declaration, tags and keys; malformed parameters throw {@link io.tamis.data.DataException}. */
    @Override
    public Planned plan(PlanRequest request) {
        return AudiencePlanner.plan(request, wanted -> jdbi.withHandle(handle -> tags.find(handle, wanted)));
    }

    @Override
    public Optional<Code> obstacle(Handle tx, PartyId submitter, Plan plan, List<Snapshot> inputs) {
        AudienceQuery query = query(plan);
        return switch (tags.find(tx, query.epoch(), wanted(query, inputs))) {
            case EncryptedTags.Standing.Missing(Code code) -> Optional.of(code);
            case EncryptedTags.Standing.There there -> obstacle(tx, submitter, query, there.key());
        };
    }

    private Optional<Code> obstacle(Handle tx, PartyId submitter, AudienceQuery query, KeyStanding key) {
        boolean oneControl = query.sources().stream()
                .map(source -> catalog.policy().datasets().get(source.dataset()).owner())
                .anyMatch(owner -> key.roster().underOneControl(submitter, owner));
        if (oneControl) {
            return Optional.of(Code.COMMON_CONTROL);
        }
        if (query.resultKey()
                .filter(named -> !registered(tx, submitter, named, key))
                .isPresent()) {
            return Optional.of(Code.RESULT_KEY_UNKNOWN);
        }
        boolean changed = key.roster().threshold() != query.terms().holders();
        // Each segment is an opening: a key that has not as many left must be rotated first.
        int openings = query.terms().counts() ? 1 : query.terms().groups();
        return changed || key.openings().left() < openings ? Optional.of(Code.KEY_EPOCH_MISSING) : Optional.empty();
    }

    private boolean registered(Handle tx, PartyId submitter, Hash named, KeyStanding key) {
        return HeParams.named(key.roster().profile().value())
                .filter(params -> merchantKeys.has(tx, submitter, named, params.paramsId()))
                .isPresent();
    }

    @Override
    public Sealed seal(Plan plan, ScanInputs inputs) {
        AudienceQuery query = query(plan);
        var standing = jdbi.inTransaction(tx -> tags.find(tx, query.epoch(), wanted(query, inputs.snapshots())));
        if (!(standing instanceof EncryptedTags.Standing.There there)) {
            throw new ScanException(Code.JOB_FAILED);
        }
        Sealing.Work work = sealing.seal(query, there, inputs);
        return new Sealed() {
            @Override
            public void store(Handle tx, ChargedJob job) {
                try (var batch = work.batch()) {
                    audiences.store(tx, job, work.audience(), batch);
                }
            }

            @Override
            public Optional<Release> known() {
                return work.audience().segments().isEmpty()
                        ? Optional.of(SealedReleaser.release(
                                query.terms().spec(), work.audience().users().orElseThrow(), Map.of()))
                        : Optional.empty();
            }
        };
    }

    @Override
    public Shares shares(Handle tx, JobId job) {
        return audiences.shares(tx, job);
    }

    @Override
    public byte[] sealedResult(Hash hash) {
        return audiences.sealedResult(hash);
    }

    @Override
    public void ended(Handle tx, JobId job) {
        audiences.ended(tx, job);
    }

    @Override
    public Json.Obj present(Plan plan, Release release) {
        return Presented.of(plan.release(), release).result().with("notes", Json.strings(notes(query(plan))));
    }

    /** Tags of 0 and 1, and counts, are clipped by nobody. */
    private static List<String> notes(AudienceQuery query) {
        boolean clipped =
                query.sources().stream().anyMatch(source -> source.tag().kind() == TagSpec.Kind.VALUE);
        return Stream.of(
                        clipped ? "CI_EXCLUDES_CLIPPING_BIAS" : "",
                        "COUNTS_ON_EACH_PLATFORM",
                        query.resultKey().isPresent() ? "SUMS_ARE_SEALED" : "")
                .filter(note -> !note.isEmpty())
                .toList();
    }

    private static AudienceQuery query(Plan plan) {
        if (plan.query() instanceof AudienceQuery query) {
            return query;
        }
        throw new ScanException(Code.JOB_FAILED);
    }

    private static List<EncryptedTags.Wanted> wanted(AudienceQuery query, List<Snapshot> inputs) {
        return query.sources().stream()
                .map(source -> new EncryptedTags.Wanted(
                        source.dataset(), version(source, inputs), source.tag().name()))
                .toList();
    }

    private static int version(AudienceQuery.Source source, List<Snapshot> inputs) {
        return inputs.stream()
                .filter(input -> input.id().equals(source.dataset()))
                .mapToInt(Snapshot::version)
                .findFirst()
                .orElseThrow(() -> new ScanException(Code.JOB_FAILED));
    }
}
