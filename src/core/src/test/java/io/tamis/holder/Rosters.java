package io.tamis.holder;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.MemoryKeys;
import io.tamis.data.PartyId;
import io.tamis.log.Origin;
import io.tamis.log.VerifierKey;
import java.util.List;
import java.util.stream.IntStream;

/** Rosters of parties whose keys anybody can compute: for tests. */
public final class Rosters {
    private Rosters() {}

    /** The name of holder i, from 1; names sort as the numbers do. */
    public static PartyId holder(int i) {
        return new PartyId("holder-" + i);
    }

    /** The name of platform i, from 1. */
    public static PartyId platform(int i) {
        return new PartyId("platform-" + i);
    }

    /** The keys of this party. The fake draws keys in the order it is asked, so it is asked for all of them here. */
    public static MemoryKeys keys(PartyId party) {
        var keys = new MemoryKeys(party.value().hashCode());
        List.of(KeyName.HOLDER_SIGNING, KeyName.HOLDER_SEALING, KeyName.PLATFORM_SIGNING)
                .forEach(keys::publicKey);
        return keys;
    }

    /** A roster of so many holders, of which the threshold's number opens, and two platforms. */
    public static Roster of(int threshold, int holders, String profile) {
        return new Roster(
                new GroupId("group-1"),
                new ProfileName(profile),
                threshold,
                IntStream.rangeClosed(1, holders)
                        .mapToObj(i -> member(holder(i)))
                        .toList(),
                IntStream.rangeClosed(1, 2)
                        .mapToObj(
                                i -> new Roster.Platform(platform(i), key(keys(platform(i)), KeyName.PLATFORM_SIGNING)))
                        .toList(),
                key(new MemoryKeys(77), KeyName.TICKET_SIGNING),
                List.of(new VerifierKey(
                        new Origin("tamis.test/log"), new MemoryKeys(78).publicKey(KeyName.LEDGER_SIGNING))),
                List.of(List.of(new PartyId("merchant-1"), platform(1))),
                new OpeningLimit(1024, 40));
    }

    private static Roster.Holder member(PartyId party) {
        var keys = keys(party);
        return new Roster.Holder(party, key(keys, KeyName.HOLDER_SIGNING), key(keys, KeyName.HOLDER_SEALING));
    }

    private static PartyKey key(MemoryKeys keys, KeyName name) {
        return PartyKey.of(keys.publicKey(name));
    }
}
