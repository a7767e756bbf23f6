package io.tamis.cli.tags;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Progress;
import io.tamis.cli.client.Shell;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.data.RandomSource;
import io.tamis.he.HeParams;
import io.tamis.he.SlotCandidates;
import io.tamis.holder.Roster;
import io.tamis.holder.SignedMessage;
import io.tamis.holder.TagSpec;
import io.tamis.holder.slots.PlatformRound;
import io.tamis.holder.slots.PlatformSlots;
import io.tamis.holder.slots.Round;
import io.tamis.holder.slots.RoundStanding;
import io.tamis.holder.slots.SlotContext;
import io.tamis.holder.slots.SlotPlan;
import io.tamis.policy.PolicyBundle;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One version's tags, from the plan to the last acknowledged upload. Every step can be broken off and called again: it does
 * what is missing, and never says or encrypts a second thing where one has been said or encrypted.
 *
 * <p>What the platform trusts: its own key store, folder, file, roster and policy bundle. Not the server: scale and bounds of
 * values are the bundle's, the collective key must be signed by all holders of the roster, the coin is computed from the
 * holders' own signed messages, and a round is opened under one coin only, ever: two would give away all seeds of a slot, the
 * survivor's among them.
 */
public final class TagWork {
    private static final Duration UPLOAD_PATIENCE = Duration.ofMinutes(10);

    private final Shell shell;
    private final ApiClient client;
    private final KeyProvider keys;
    private final Roster roster;
    private final PolicyBundle policy;
    private final TagTarget target;
    private final WorkFolder folder;
    private final RoundClient rounds;
    private final RandomSource random;
    private final Pause pause;

    /** The work on this version in this folder. */
    public TagWork(
            Shell shell,
            ApiClient client,
            KeyProvider keys,
            Trusted trusted,
            TagTarget target,
            Path folder,
            Sources sources) {
        this.shell = shell;
        this.client = client;
        this.keys = keys;
        this.roster = trusted.roster();
        this.policy = trusted.policy();
        this.target = target;
        this.folder = WorkFolder.of(folder);
        this.rounds = new RoundClient(client, target);
        this.random = sources.random();
        this.pause = sources.pause();
    }

    /** The platform's own copies of what is agreed outside the service: who takes part, and what is declared. */
    public record Trusted(Roster roster, PolicyBundle policy) {}

    /** Where randomness comes from, and how time passes. */
    public record Sources(RandomSource random, Pause pause) {}

    /** Compares the order of the platform's file with the server's: how many persons they agree about. */
    public int order(Path csv) {
        OwnDataset dataset = OwnDataset.of(policy, target.dataset());
        dataset.requireDeclaredBy(client, List.of());
        try (OwnOrder order = OwnOrder.of(client, target)) {
            return table(csv, dataset, order, List.of()).order().persons();
        }
    }

    /** Commits to all candidates of these tags' slots; with an unfinished round of the same tags it goes on. */
    public TagStanding commit(List<String> tags) {
        OwnDataset dataset = OwnDataset.of(policy, target.dataset());
        PartyId party = requireMine(dataset);
        List<TagSpec> specs = specs(tags, dataset);
        dataset.requireDeclaredBy(client, specs);
        TagState state = resumed(specs).orElseGet(() -> begun(party, specs));
        TrustedKey key = TrustedKey.of(client, roster, state.context().keyEpoch());
        byte[] roots;
        try (PlatformSlots slots = slots(state, key)) {
            var progress = Progress.counting(shell, "committing to slots", state.slots());
            roots = new RootFile(folder, state.slots()).complete(slots, progress);
            progress.clear();
        }
        Hash hash = Hash.sha256(roots);
        SignedMessage plan =
                state.planned().orElseGet(() -> new PlatformRound(state.context(), keys).plan(plan(state, key), hash));
        folder.store(state.planned(plan));
        rounds.plan(plan);
        rounds.blob(state.context(), hash, roots);
        return status();
    }

    /** Refuses, as STATE_CONFLICT, tags that are not those of the folder's round: another name, column, threshold or bound. */
    void requireSame(List<String> tags) {
        requireSame(required(), specs(tags, OwnDataset.of(policy, target.dataset())));
    }

    private static void requireSame(TagState state, List<TagSpec> specs) {
        if (!Set.copyOf(state.tags()).equals(Set.copyOf(specs))) {
            String stored = state.tags().stream()
                    .map(spec -> new TaggedColumn(spec).text())
                    .collect(Collectors.joining(", "));
            throw new ClientException(
                    Code.STATE_CONFLICT,
                    ExitCode.USAGE,
                    "this folder has a round of other tags or bounds: " + stored
                            + ". One version has one round under a key: other tags need a new version of the dataset and a folder of its own");
        }
    }

    /** Opens all candidates but the survivors, once every holder who tosses has shown its coin; before that it changes nothing. */
    public TagStanding open() {
        TagState state = required();
        SignedMessage plan = planned(state);
        JsonView round = rounds.round(state.context());
        Optional<Hash> tossed =
                new PlatformRound(state.context(), keys).coin(roster, rounds.board(state.context(), round), plan);
        if (tossed.isEmpty()) {
            return status();
        }
        if (state.coin().filter(coin -> !coin.equals(tossed.get())).isPresent()) {
            throw new ClientException(
                    Code.STATE_CONFLICT,
                    ExitCode.NO,
                    "the service shows other coins than before: opening under both would give away the seeds. Tell the holders");
        }
        TagState opened = folder.store(state.opened(tossed.get()));
        TrustedKey key = TrustedKey.of(client, roster, state.context().keyEpoch());
        try (PlatformSlots slots = slots(opened, key)) {
            post(opened, plan(opened, key), slots, plan);
        }
        return status();
    }

    private void post(TagState state, SlotPlan plan, PlatformSlots slots, SignedMessage planned) {
        Hash coin = state.coin().orElseThrow();
        var progress = Progress.counting(shell, "opening slots", state.slots());
        var openings = new ArrayList<Hash>();
        for (int first = 0; first < state.slots(); first += plan.chunkSlots()) {
            var chunk = new ByteArrayOutputStream();
            for (int slot = first; slot < Math.min(state.slots(), first + plan.chunkSlots()); slot++) {
                chunk.writeBytes(slots.opening(slot, coin));
                progress.at(slot + 1L);
            }
            Hash hash = Hash.sha256(chunk.toByteArray());
            rounds.blob(state.context(), hash, chunk.toByteArray());
            openings.add(hash);
        }
        progress.clear();
        rounds.opening(state.context(), new PlatformRound(state.context(), keys).opening(planned, coin, openings));
    }

    /** Encrypts the file's values into the slots of a round that the holders have passed. */
    public TagStanding encrypt(Path csv) {
        TagState state = required();
        OwnDataset dataset = OwnDataset.of(policy, target.dataset());
        List<TaggedColumn> tags = tagged(state, dataset);
        requirePassed(state);
        TrustedKey key = TrustedKey.of(client, roster, state.context().keyEpoch());
        try (OwnOrder order = OwnOrder.of(client, target);
                PlatformSlots slots = slots(state, key)) {
            if (!order.hash().equals(state.order())) {
                throw notThisVersion();
            }
            var encryption = new SlotEncryption(state, key, table(csv, dataset, order, tags));
            folder.values(encryption.hashes());
            var progress = Progress.counting(shell, "encrypting slots", state.slots());
            encryption.into(folder, slots, keys, progress);
            progress.clear();
        }
        return status();
    }

    /** Sends what the service has not; erases the master when all is there. */
    public TagStanding upload() {
        TagState state = required();
        if (state.master().isPresent()) {
            var progress = Progress.counting(shell, "uploading slots", state.slots());
            new SlotUpload(rounds, folder, state, shell.clock(), pause, UPLOAD_PATIENCE).complete(progress);
            progress.clear();
            folder.erase(state);
        }
        return status();
    }

    /** Where the round stands, here and on the board. */
    public TagStanding status() {
        Optional<TagState> state = folder.state();
        if (state.isEmpty()) {
            return TagStanding.none(target);
        }
        SlotContext context = state.get().context();
        Optional<JsonView> round = rounds.rounds(context.keyEpoch()).stream()
                .filter(shown -> shown.at("try").integerOrZero() == context.attempt())
                .findFirst()
                .map(ignored -> rounds.round(context));
        boolean passed = round.filter(shown -> shown.at("state").text().equals(TagStanding.PASSED))
                .isPresent();
        int uploaded = passed ? rounds.uploaded(context, state.get().slots()).size() : 0;
        return TagStanding.of(state.get(), round, folder.ciphertexts(state.get().slots()), uploaded);
    }

    private TagState required() {
        return folder.state()
                .filter(state -> state.context().dataset().equals(target.dataset())
                        && state.context().version() == target.version())
                .orElseThrow(() -> new ClientException(
                        Code.STATE_CONFLICT,
                        ExitCode.USAGE,
                        "there is no round of this version in the folder: begin with tags commit"));
    }

    private static SignedMessage planned(TagState state) {
        return state.planned()
                .orElseThrow(() -> new ClientException(
                        Code.STATE_CONFLICT, ExitCode.USAGE, "the plan has not been sent yet: run tags commit again"));
    }

    /** The platform must be in the roster with the key of its key store, or nobody would take what it signs. */
    private PartyId requireMine(OwnDataset dataset) {
        boolean mine = roster.platform(dataset.owner())
                .filter(platform -> platform.key().equals(PlatformKeys.key(keys)))
                .isPresent();
        if (!mine) {
            throw ClientException.usage("the roster does not list " + dataset.owner()
                    + ", who owns the dataset, with the key of this key store: get the roster that does");
        }
        return dataset.owner();
    }

    /** What was signed, when it is what the platform's own bundle still declares: holders open nothing else. */
    private static List<TaggedColumn> tagged(TagState state, OwnDataset dataset) {
        boolean same = state.tags().stream().allMatch(spec -> spec.isOf(dataset.column(spec)));
        if (!same) {
            throw new ClientException(
                    Code.VERSION_MISMATCH,
                    ExitCode.NO,
                    "your policy bundle declares a tag's scale, clamp or allowed values otherwise than the round was committed with: the"
                            + " holders would open nothing of it. Load the data as a new version, and commit for that");
        }
        return state.tags().stream().map(TaggedColumn::new).toList();
    }

    private static List<TagSpec> specs(List<String> tags, OwnDataset dataset) {
        List<TagSpec> specs = tags.stream()
                .map(text -> TaggedColumn.parse(text, dataset).spec())
                .toList();
        boolean distinct = specs.stream().map(TagSpec::name).distinct().count() == specs.size();
        if (specs.isEmpty() || specs.size() > SlotPlan.TAGS_MAX || !distinct) {
            throw ClientException.usage("give 1 to " + SlotPlan.TAGS_MAX + " --tag, each with a name of its own");
        }
        return specs;
    }

    /** The stored round, when it is of these tags and not over; SLOT_REFUSED when it has failed. */
    private Optional<TagState> resumed(List<TagSpec> specs) {
        Optional<TagState> stored = folder.state();
        if (stored.isEmpty() || !stored.get().context().roster().equals(roster.hash())) {
            return Optional.empty();
        }
        TagState state = required();
        String shown = rounds.rounds(state.context().keyEpoch()).stream()
                .filter(round ->
                        round.at("try").integerOrZero() == state.context().attempt())
                .map(round -> round.at("state").text())
                .findFirst()
                .orElse("");
        if (shown.equals(TagStanding.FAILED)) {
            throw refused();
        }
        if (RoundClient.OVER.contains(shown)) {
            return Optional.empty();
        }
        requireSame(state, specs);
        return stored;
    }

    private TagState begun(PartyId party, List<TagSpec> specs) {
        TrustedKey key = TrustedKey.newest(client, roster);
        List<JsonView> before = rounds.rounds(key.epoch());
        if (before.stream().anyMatch(round -> round.at("state").text().equals(TagStanding.FAILED))) {
            throw refused();
        }
        if (before.stream()
                .anyMatch(round -> !RoundClient.OVER.contains(round.at("state").text()))) {
            throw new ClientException(
                    Code.STATE_CONFLICT,
                    ExitCode.USAGE,
                    "a round of this version stands, whose master is in another folder: go on there");
        }
        try (OwnOrder order = OwnOrder.of(client, target)) {
            HeParams params = key.key().scheme().params();
            var context = new SlotContext(
                    roster.hash(), key.epoch(), target.dataset(), target.version(), party, before.size() + 1);
            var plan =
                    SlotPlan.of(params.paramsId(), specs, Math.ceilDiv(order.persons(), params.n()), order.persons());
            return folder.begin(TagState.begun(context, plan, order, keys, random));
        } catch (DataException tooMuch) {
            throw new ClientException(
                    tooMuch.code(),
                    ExitCode.NO,
                    "too many tags for so many persons, no person at all, or too many attempts: fewer tags, or a new key epoch",
                    tooMuch);
        }
    }

    private TagTable table(Path csv, OwnDataset dataset, OwnOrder order, List<TaggedColumn> tags) {
        var table = TagTable.read(csv, dataset, target, order.key(), tags, order.persons(), shell);
        if (!table.order().hash().equals(order.hash())) {
            throw notThisVersion();
        }
        return table;
    }

    private PlatformSlots slots(TagState state, TrustedKey key) {
        try (SecretBytes master = state.master(keys)) {
            return new PlatformSlots(state.context(), plan(state, key), new SlotCandidates(key.key()), master);
        }
    }

    private static SlotPlan plan(TagState state, TrustedKey key) {
        return state.plan(key.key().scheme().params().paramsId());
    }

    private void requirePassed(TagState state) {
        var board = rounds.board(state.context(), rounds.round(state.context()));
        RoundStanding standing = Round.read(roster, state.context(), board).standing();
        boolean underOurCoin = standing instanceof RoundStanding.Passed passed
                && state.coin().filter(passed.coin()::equals).isPresent();
        if (!underOurCoin) {
            throw new ClientException(
                    Code.SLOT_REFUSED,
                    ExitCode.LATER,
                    "the holders have not passed this round yet (tags status shows whom it waits for)");
        }
    }

    private ClientException notThisVersion() {
        return new ClientException(
                Code.VERSION_MISMATCH,
                ExitCode.NO,
                "the file has other persons than version " + target.version() + " of " + target.dataset()
                        + ": give the file that was loaded as that version");
    }

    private static ClientException refused() {
        return new ClientException(
                Code.SLOT_REFUSED,
                ExitCode.NO,
                "the audit of this dataset has failed under this key: no tags until the next key epoch");
    }
}
