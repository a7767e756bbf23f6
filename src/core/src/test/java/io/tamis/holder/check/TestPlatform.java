package io.tamis.holder.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.MemoryKeys;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Clamp;
import io.tamis.data.ColumnName;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.he.Alignment;
import io.tamis.he.Bfv;
import io.tamis.he.CipherHeader;
import io.tamis.he.CipherKind;
import io.tamis.he.Ciphertext;
import io.tamis.he.CollectiveKey;
import io.tamis.he.Encoding;
import io.tamis.he.Encryptor;
import io.tamis.he.KeyEpoch;
import io.tamis.he.SlotCandidates;
import io.tamis.he.ring.Seed;
import io.tamis.holder.CiphertextSignature;
import io.tamis.holder.PartyKey;
import io.tamis.holder.TagBounds;
import io.tamis.holder.TagName;
import io.tamis.holder.TagSpec;
import io.tamis.holder.slots.PlatformSlots;
import io.tamis.holder.slots.SlotAudit;
import io.tamis.holder.slots.SlotContext;
import io.tamis.holder.slots.SlotPlan;
import io.tamis.holder.ticket.Tickets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A platform with one tag column of known values, a passed round and its uploads. */
final class TestPlatform {
    static final long EPOCH = 3;
    static final int VERSION = 2;
    private static final int FOLD = 4;

    final PartyId party;
    final DatasetId dataset;
    final String tag;
    final long[] values;
    final PassedRound round;
    final List<byte[]> uploads = new ArrayList<>();
    final List<Hash> hashes = new ArrayList<>();

    private final Bfv scheme;
    private final CollectiveKey key;
    private final MemoryKeys keys;
    private final PlatformSlots slots;

    TestPlatform(CollectiveKey key, Hash roster, Named named, long[] values) {
        this.party = named.party();
        this.dataset = named.dataset();
        this.tag = named.column();
        this.values = values;
        this.scheme = key.scheme();
        this.key = key;
        this.keys = keys(named.party());
        int blocks = Math.ceilDiv(values.length, scheme.params().n());
        var spec = new TagSpec(
                new TagName(tag),
                new ColumnName(named.column()),
                new TagBounds(0, named.clamp()),
                OptionalLong.empty());
        var plan = new SlotPlan(scheme.paramsId(), FOLD, List.of(spec), blocks);
        var context = new SlotContext(roster, new KeyEpoch(EPOCH), dataset, VERSION, party, 1);
        var coin = Tickets.hash("coin of " + party);
        var candidates = new SlotCandidates(key);
        slots = new PlatformSlots(context, plan, candidates, seed32(party.value()));
        var audit = new SlotAudit(context, plan, candidates);
        var survivors = new ArrayList<Hash>();
        for (int slot = 0; slot < blocks; slot++) {
            survivors.add(audit.survivor(slot, slots.root(slot), coin, slots.opening(slot, coin))
                    .orElseThrow());
        }
        round = new PassedRound(context, plan, coin, survivors);
        for (int block = 0; block < blocks; block++) {
            keep(encrypted(block, header(block, count(block))));
        }
    }

    /**
     * A platform whose tag is one vector of counts, of so many persons.
     */
    TestPlatform(CollectiveKey key, Hash roster, Named named, Counts counts) {
        this.party = named.party();
        this.dataset = named.dataset();
        this.tag = named.column();
        this.values = counts.counts().stream().mapToLong(Long::longValue).toArray();
        this.scheme = key.scheme();
        this.key = key;
        this.keys = keys(named.party());
        var spec = TagSpec.buckets(new TagName(tag), new ColumnName(named.column()), counts.buckets());
        var plan = new SlotPlan(scheme.paramsId(), FOLD, List.of(spec), 5, OptionalInt.of(counts.persons()));
        var context = new SlotContext(roster, new KeyEpoch(EPOCH), dataset, VERSION, party, 1);
        var coin = Tickets.hash("coin of " + party);
        var candidates = new SlotCandidates(key);
        slots = new PlatformSlots(context, plan, candidates, seed32(party.value()));
        var survivor = new SlotAudit(context, plan, candidates)
                .survivor(0, slots.root(0), coin, slots.opening(0, coin))
                .orElseThrow();
        round = new PassedRound(context, plan, coin, List.of(survivor));
        CipherHeader tags = header(0, values.length);
        keep(encrypted(
                0,
                new CipherHeader(
                        tags.kind(),
                        tags.params(),
                        tags.keyEpoch(),
                        tags.alignment(),
                        0,
                        counts.encoding(),
                        values.length)));
    }

    /**
     * @param buckets as the platform signs them
     * @param counts as it encrypts them
     * @param persons as it signs them
     * @param encoding as the header of the upload says
     */
    record Counts(List<String> buckets, List<Long> counts, int persons, Encoding encoding) {
        Counts {
            buckets = List.copyOf(buckets);
            counts = List.copyOf(counts);
        }
    }

    /** Who has which column. */
    record Named(PartyId party, DatasetId dataset, String column, Clamp clamp) {}

    static MemoryKeys keys(PartyId party) {
        return new MemoryKeys(party.hashCode());
    }

    static PartyKey key(PartyId party) {
        return PartyKey.of(keys(party).publicKey(KeyName.PLATFORM_SIGNING));
    }

    private static SecretBytes seed32(String of) {
        return SecretBytes.copyOf(Hash.sha256(of.getBytes(UTF_8)).bytes());
    }

    private int count(int block) {
        int n = scheme.params().n();
        return Math.min(n, values.length - block * n);
    }

    CipherHeader header(int slot, int count) {
        return new CipherHeader(
                CipherKind.PUBLIC_KEY,
                scheme.params(),
                new KeyEpoch(EPOCH),
                new Alignment(VERSION, Tickets.hash("order of " + party)),
                slot,
                Encoding.TAGS,
                count);
    }

    /** The block's values under this header, with the slot's audited c1. */
    byte[] encrypted(int block, CipherHeader header) {
        int from = block * scheme.params().n();
        return signed(ciphertext(block, header, Arrays.copyOfRange(values, from, from + header.count()))
                .bytes());
    }

    Ciphertext ciphertext(int block, CipherHeader header, long[] tags) {
        try (var secret = slots.survivorSeed(block, round.coin());
                var seed = Seed.of(secret.reveal());
                var noise = slots.noiseSeed(block, Tickets.hash(Arrays.toString(tags)));
                var e0 = Seed.of(noise.reveal())) {
            return new Encryptor(key).encrypt(header, tags, seed, e0);
        }
    }

    /** A ciphertext whose c1 no audit has seen. */
    byte[] unaudited(int block) {
        int from = block * scheme.params().n();
        long[] tags = Arrays.copyOfRange(values, from, from + count(block));
        try (var seed = Seed.of(Tickets.hash("chosen c1").bytes());
                var e0 = Seed.of(Tickets.hash("e0").bytes())) {
            return signed(new Encryptor(key)
                    .encrypt(header(block, count(block)), tags, seed, e0)
                    .bytes());
        }
    }

    byte[] signed(byte[] content) {
        return CiphertextSignature.sign(content, keys).bytes();
    }

    private void keep(byte[] upload) {
        uploads.add(upload);
        hashes.add(contentHash(upload));
    }

    static Hash contentHash(byte[] upload) {
        return Hash.sha256(upload);
    }
}
