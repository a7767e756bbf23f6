package io.tamis.audience.tickets;

import io.tamis.audience.board.BoardException;
import io.tamis.audience.keys.KeyStanding;
import io.tamis.data.Code;
import io.tamis.he.Bfv;
import io.tamis.he.HeParams;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The schemes of keys' profiles, each with tables of some megabytes, made once. */
@Singleton
public class KeySchemes {
    // One entry a profile: there are three.
    private final Map<String, Bfv> made = new ConcurrentHashMap<>();

    /** The scheme of a key. */
    public Bfv of(KeyStanding key) {
        String profile = key.roster().profile().value();
        return made.computeIfAbsent(
                profile, name -> Bfv.of(HeParams.named(name).orElseThrow(() -> new BoardException(Code.INTERNAL))));
    }
}
