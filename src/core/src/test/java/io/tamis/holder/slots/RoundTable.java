package io.tamis.holder.slots;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Clamp;
import io.tamis.data.ColumnName;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.data.PredictableRandom;
import io.tamis.he.KeyEpoch;
import io.tamis.he.SlotCandidates;
import io.tamis.he.threshold.Holders;
import io.tamis.holder.Blobs;
import io.tamis.holder.Message;
import io.tamis.holder.Roster;
import io.tamis.holder.Rosters;
import io.tamis.holder.SignedMessage;
import io.tamis.holder.TagBounds;
import io.tamis.holder.TagName;
import io.tamis.holder.TagSpec;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A platform and its holders around a board, in one process. */
final class RoundTable {
    static final PartyId PLATFORM = Rosters.platform(1);
    private static final int ROUNDS_MAX = 20;

    final Holders key;
    final Roster roster;
    final SlotContext context;
    final SlotPlan plan;
    final SlotCandidates candidates;
    final Map<Hash, byte[]> blobs = new HashMap<>();
    final List<SignedMessage> board = new ArrayList<>();
    final Map<PartyId, List<SignedMessage>> own = new HashMap<>();
    final Set<RoundStep> closed = new HashSet<>();
    final Set<PartyId> refuted = new HashSet<>();

    RoundTable(Holders key, int threshold, int fold, int blocks) {
        this.key = key;
        var scheme = key.key().scheme();
        roster = Rosters.of(threshold, key.shares().size(), scheme.params().profile());
        context = new SlotContext(roster.hash(), new KeyEpoch(3), new DatasetId("buyers"), 7, PLATFORM, 1);
        plan = new SlotPlan(scheme.paramsId(), fold, List.of(tag("spend"), tag("visits")), blocks);
        candidates = new SlotCandidates(key.key());
        roster.holderParties().forEach(party -> own.put(party, new ArrayList<>()));
    }

    PlatformSlots slots() {
        return new PlatformSlots(
                context, plan, candidates, SecretBytes.random(32, new PredictableRandom(PLATFORM.hashCode())));
    }

    PlatformRound platform() {
        return new PlatformRound(context, Rosters.keys(PLATFORM));
    }

    /** The blob of all roots. */
    byte[] roots() {
        var roots = new ByteArrayOutputStream();
        try (var slots = slots()) {
            for (int slot = 0; slot < plan.slots(); slot++) {
                roots.writeBytes(slots.root(slot).bytes());
            }
        }
        return roots.toByteArray();
    }

    /** The blobs of all openings. */
    List<byte[]> openings(Hash coin) {
        var chunks = new ArrayList<byte[]>();
        try (var slots = slots()) {
            for (int chunk = 0; chunk < plan.chunks(); chunk++) {
                var bytes = new ByteArrayOutputStream();
                int last = Math.min(plan.slots(), (chunk + 1) * plan.chunkSlots());
                for (int slot = chunk * plan.chunkSlots(); slot < last; slot++) {
                    bytes.writeBytes(slots.opening(slot, coin));
                }
                chunks.add(bytes.toByteArray());
            }
        }
        return chunks;
    }

    Hash put(byte[] blob) {
        var hash = Hash.sha256(blob);
        blobs.put(hash, blob);
        return hash;
    }

    /** The platform says its plan over these roots. */
    SignedMessage plan(byte[] roots) {
        var message = platform().plan(plan, put(roots));
        board.add(message);
        return message;
    }

    /** The platform opens with these blobs. */
    SignedMessage open(SignedMessage planned, Hash coin, List<byte[]> openings) {
        var message = platform()
                .opening(planned, coin, openings.stream().map(this::put).toList());
        board.add(message);
        return message;
    }

    Hash coin() {
        return round().coin().orElseThrow();
    }

    Round round() {
        return Round.read(roster, context, shown());
    }

    RoundBoard shown() {
        return new RoundBoard(board, closed, refuted);
    }

    Blobs store() {
        return hash -> Optional.ofNullable(blobs.get(hash));
    }

    HolderRound holder(PartyId party) {
        var secret = SecretBytes.random(32, new PredictableRandom(party.hashCode()));
        return new HolderRound(roster, context, party, Rosters.keys(party), secret, candidates);
    }

    RoundAct look(PartyId party) {
        return holder(party).next(plan.paramsId(), shown(), store(), own.get(party));
    }

    /** A message of this holder that its honest side would not make. */
    SignedMessage signed(PartyId party, RoundStep step, RoundStatement statement) {
        var name = step.ofPlatform() ? KeyName.PLATFORM_SIGNING : KeyName.HOLDER_SIGNING;
        return new Message(step.type(), context.roster(), context.messages(), party, statement.body())
                .signed(Rosters.keys(party), name);
    }

    /** These holders look at the board in turn, and speak, until all wait or are done: their last acts. */
    Map<PartyId, RoundAct> talk(List<PartyId> parties) {
        var last = new LinkedHashMap<PartyId, RoundAct>();
        for (int round = 0; round < ROUNDS_MAX; round++) {
            boolean quiet = true;
            for (var party : parties) {
                var act = look(party);
                last.put(party, act);
                if (act instanceof RoundAct.Post(var message)) {
                    own.get(party).add(message);
                    board.add(message);
                    quiet = false;
                }
            }
            if (quiet) {
                return last;
            }
        }
        throw new AssertionError("the round does not end");
    }

    Map<PartyId, RoundAct> talk() {
        return talk(roster.holderParties());
    }

    /** An honest round up to the verdicts. */
    Map<PartyId, RoundAct> honest() {
        var planned = plan(roots());
        talk();
        open(planned, coin(), openings(coin()));
        return talk();
    }

    private static TagSpec tag(String column) {
        return new TagSpec(
                new TagName(column), new ColumnName(column), new TagBounds(0, new Clamp(0, 500)), OptionalLong.empty());
    }
}
