package io.tamis.holder;

import io.tamis.crypto.Hpke;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.PartyId;
import io.tamis.log.VerifierKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Who takes part and with which keys: one file, the same for everybody, agreed outside the service. Ceremonies and tickets
 * bind its {@link #hash()}, so that the server cannot give two parties two lists. A new member, key or limit is a new roster
 * and a new ceremony.
 *
 * <p>The index of a holder, 1 to n, is its place among the holders sorted by party; it is the point of its Shamir share.
 *
 * <p>NOT promised: that the parties are who they say, or independent of each other: {@code controls} says what their
 * operators declare.
 *
 * @param threshold how many holders must agree to open: at least 2, more than half, at most all
 * @param holders sorted by party
 * @param platforms sorted by party; a holder may be a platform too, with another key
 * @param server the key tickets are signed with
 * @param ledger the keys the ledger's checkpoints are signed with
 * @param controls parties under one control, each group sorted, no party in two groups
 */
public record Roster(
        GroupId group,
        ProfileName profile,
        int threshold,
        List<Holder> holders,
        List<Platform> platforms,
        PartyKey server,
        List<VerifierKey> ledger,
        List<List<PartyId>> controls,
        OpeningLimit limit) {
    /** Most holders: every subset of the threshold's size is tried in the ceremony. */
    public static final int HOLDERS_MAX = 8;

    /** Most platforms. */
    public static final int PLATFORMS_MAX = 256;

    /** Most keys of the ledger: some years of one with its post-quantum line. */
    public static final int LEDGER_KEYS_MAX = 32;

    /** Longest file, in bytes. */
    public static final int FILE_BYTES_MAX = 1 << 20;

    static final String API_VERSION = "tamis-roster/v1";
    private static final int CONTROLS_MAX = 256;
    private static final int VKEY_MAX = 4096;
    private static final int NAME_MAX = 64;

    public Roster {
        holders = List.copyOf(holders);
        platforms = List.copyOf(platforms);
        ledger = List.copyOf(ledger);
        controls = controls.stream().map(List::copyOf).toList();
        require(threshold <= holders.size() && holders.size() <= HOLDERS_MAX);
        // Any two sets that open share a holder, who remembers what was opened: two disjoint ones would open one sum
        // twice.
        require(2 * threshold > holders.size() && threshold >= 2);
        require(platforms.size() <= PLATFORMS_MAX && controls.size() <= CONTROLS_MAX);
        require(!ledger.isEmpty() && ledger.size() <= LEDGER_KEYS_MAX && distinct(ledger));
        require(ascending(holders.stream().map(Holder::party).toList()));
        require(ascending(platforms.stream().map(Platform::party).toList()));
        // One key for two uses would let a message of one pass for the other's.
        require(distinct(allKeys(holders, platforms, server)));
        controls.forEach(group1 -> require(group1.size() >= 2 && ascending(group1)));
        require(distinct(controls.stream().flatMap(List::stream).toList()));
    }

    /** A key holder: an Ed25519 key to sign with, an X25519 key by which shares are sealed to it. */
    public record Holder(PartyId party, PartyKey key, PartyKey sealKey) {
        public Holder {
            // Else the others would find out in the middle of a ceremony that nothing can be sealed to this holder.
            require(Hpke.isPublicKey(sealKey.bytes()));
        }
    }

    /** A platform and the Ed25519 key it signs with. */
    public record Platform(PartyId party, PartyKey key) {}

    /** The holder of this party. */
    public Optional<Holder> holder(PartyId party) {
        return holders.stream().filter(holder -> holder.party().equals(party)).findFirst();
    }

    /** The platform of this party. */
    public Optional<Platform> platform(PartyId party) {
        return platforms.stream()
                .filter(platform -> platform.party().equals(party))
                .findFirst();
    }

    /** The holder's index, from 1; empty when the party is not a holder. */
    public OptionalInt index(PartyId party) {
        for (int i = 0; i < holders.size(); i++) {
            if (holders.get(i).party().equals(party)) {
                return OptionalInt.of(i + 1);
            }
        }
        return OptionalInt.empty();
    }

    /** The holders' parties, in the order of their indices. */
    public List<PartyId> holderParties() {
        return holders.stream().map(Holder::party).toList();
    }

    /** True when the two are one party or declared to be under one control. */
    public boolean underOneControl(PartyId one, PartyId other) {
        return one.equals(other)
                || controls.stream().anyMatch(members -> members.contains(one) && members.contains(other));
    }

    /** The file's content; its canonical form is what is hashed. */
    public Json.Obj toJson() {
        return Json.object()
                .put("apiVersion", API_VERSION)
                .put("group", group.value())
                .put("profile", profile.value())
                .put("threshold", threshold)
                .put(
                        "holders",
                        Json.array(holders.stream()
                                .map(holder -> Json.object()
                                        .put("party", holder.party().value())
                                        .put("key", holder.key().toString())
                                        .put("sealKey", holder.sealKey().toString())
                                        .build())
                                .toList()))
                .put(
                        "platforms",
                        Json.array(platforms.stream()
                                .map(platform -> Json.object()
                                        .put("party", platform.party().value())
                                        .put("key", platform.key().toString())
                                        .build())
                                .toList()))
                .put("server", Json.object().put("key", server.toString()).build())
                .put(
                        "ledger",
                        Json.object()
                                .put(
                                        "vkeys",
                                        Json.strings(ledger.stream()
                                                .map(VerifierKey::toString)
                                                .toList()))
                                .build())
                .put(
                        "controls",
                        Json.array(controls.stream()
                                .map(members -> Json.strings(
                                        members.stream().map(PartyId::value).toList()))
                                .toList()))
                .put("openingsMax", limit.openingsMax())
                .put("lambda", limit.lambda())
                .build();
    }

    /** SHA-256 of the canonical form (RFC 8785). */
    public Hash hash() {
        return Hash.sha256(toJson().canonicalBytes());
    }

    /** Reads the file; {@code INVALID_REQUEST}, {@code UNKNOWN_FIELD} or {@code TOO_LARGE} when it is not one. */
    public static Roster parse(byte[] utf8) {
        if (utf8.length > FILE_BYTES_MAX) {
            throw new DataException(Code.TOO_LARGE);
        }
        return fromJson(Json.parse(utf8));
    }

    /** Reads a roster that stands inside another document, as {@link #parse} does. */
    public static Roster fromJson(Json json) {
        var fields = new JsonFields(json);
        require(fields.string("apiVersion", NAME_MAX).equals(API_VERSION));
        var server = fields.object("server");
        var ledger = fields.object("ledger");
        var roster = new Roster(
                new GroupId(fields.string("group", NAME_MAX)),
                new ProfileName(fields.string("profile", NAME_MAX)),
                (int) fields.integer("threshold", 2, HOLDERS_MAX),
                fields.list("holders", HOLDERS_MAX, Roster::readHolder),
                fields.optionalList("platforms", PLATFORMS_MAX, Roster::readPlatform),
                PartyKey.read(server.value("key")),
                ledger.list("vkeys", LEDGER_KEYS_MAX, Roster::readVkey),
                fields.optionalList("controls", CONTROLS_MAX, Roster::readGroup),
                new OpeningLimit((int) fields.integer("openingsMax", 1, OpeningLimit.OPENINGS_MAX), (int)
                        fields.integer("lambda", OpeningLimit.LAMBDA_MIN, OpeningLimit.LAMBDA_MAX)));
        server.end();
        ledger.end();
        fields.end();
        return roster;
    }

    private static Holder readHolder(Json json) {
        var fields = new JsonFields(json);
        var holder = new Holder(
                new PartyId(fields.string("party", NAME_MAX)),
                PartyKey.read(fields.value("key")),
                PartyKey.read(fields.value("sealKey")));
        fields.end();
        return holder;
    }

    private static Platform readPlatform(Json json) {
        var fields = new JsonFields(json);
        var platform = new Platform(new PartyId(fields.string("party", NAME_MAX)), PartyKey.read(fields.value("key")));
        fields.end();
        return platform;
    }

    private static VerifierKey readVkey(Json json) {
        try {
            return VerifierKey.parse(JsonFields.text(json, VKEY_MAX));
        } catch (io.tamis.log.LogException malformed) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    private static List<PartyId> readGroup(Json json) {
        if (!(json instanceof Json.Arr array) || array.items().size() > PLATFORMS_MAX) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        var members = new ArrayList<PartyId>();
        array.items().forEach(item -> members.add(new PartyId(JsonFields.text(item, NAME_MAX))));
        return members;
    }

    private static List<PartyKey> allKeys(List<Holder> holders, List<Platform> platforms, PartyKey server) {
        return Stream.of(
                        holders.stream().flatMap(holder -> Stream.of(holder.key(), holder.sealKey())),
                        platforms.stream().map(Platform::key),
                        Stream.of(server))
                .flatMap(keys -> keys)
                .toList();
    }

    private static boolean ascending(List<PartyId> parties) {
        return new ArrayList<>(new TreeSet<>(parties)).equals(parties);
    }

    private static boolean distinct(Collection<?> items) {
        Set<Object> seen = new HashSet<>(items);
        return seen.size() == items.size();
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }
}
