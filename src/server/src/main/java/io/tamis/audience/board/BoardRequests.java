package io.tamis.audience.board;

import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.RateWindow;
import io.tamis.holder.SignedMessage;
import io.tamis.ledger.CurrentActor;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who asks, how often, and what requests about keys and tags have in common. */
@Singleton
public class BoardRequests {
    /** Greatest JSON body: a roster; a signed message is smaller. */
    private static final int BODY_BYTES_MAX = 1 << 20;

    private static final int DIGITS_MAX = 9;
    private static final int LIMIT_MAX = 200;

    private final CurrentActor caller;
    private final RateWindow<PartyId> posts;
    private final RateWindow<PartyId> ciphertexts;
    private final int postsPerMinute;
    private final int ciphertextsPerMinute;

    BoardRequests(
            CurrentActor caller,
            InstantSource clock,
            @ConfigProperty(name = "tamis.limits.board-posts-per-minute") int postsPerMinute,
            @ConfigProperty(name = "tamis.limits.ciphertexts-per-minute") int ciphertextsPerMinute) {
        this.caller = caller;
        this.posts = new RateWindow<>(clock);
        this.ciphertexts = new RateWindow<>(clock);
        this.postsPerMinute = postsPerMinute;
        this.ciphertextsPerMinute = ciphertextsPerMinute;
    }

    /** The caller of a request that reads. */
    public Actor reader() {
        return caller.actor();
    }

    /** The caller of a request that puts something on a board; RATE_LIMITED beyond its party's quota. */
    public Actor poster() {
        return limited(posts, postsPerMinute);
    }

    /** The caller of an upload of a ciphertext; RATE_LIMITED beyond its party's quota. */
    public Actor uploader() {
        return limited(ciphertexts, ciphertextsPerMinute);
    }

    /** The body; one byte over the limit is refused before it is held. */
    public static byte[] bytes(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(BODY_BYTES_MAX + 1);
            if (bytes.length > BODY_BYTES_MAX) {
                throw new BoardException(Code.TOO_LARGE);
            }
            return bytes;
        } catch (IOException brokenOff) {
            throw new BoardException(Code.INVALID_REQUEST, brokenOff);
        }
    }

    /** The body as JSON. */
    public static Json json(InputStream body) {
        return Json.parse(bytes(body));
    }

    /** The body as a signed message, well formed, not checked further. */
    public static SignedMessage message(InputStream body) {
        return SignedMessage.parse(bytes(body));
    }

    /** A ceremony or round named in a path: what cannot be one is not there. */
    public static BoardId board(String name) {
        return named(name, BoardId::new);
    }

    /** A dataset named in a path: what cannot be one is not there. */
    public static DatasetId dataset(String name) {
        return named(name, DatasetId::new);
    }

    /** A digest named in a path: what cannot be one is not there. */
    public static Hash hash(String name) {
        return named(name, Hash::parse);
    }

    /** A number from 1 named in a path: what cannot be one is not there. */
    public static int number(String text) {
        boolean digits = text.length() <= DIGITS_MAX && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || text.isEmpty() || text.charAt(0) == '0') {
            throw new BoardException(Code.NOT_FOUND);
        }
        return Integer.parseInt(text);
    }

    /** How many items of a page, 1 to 200. */
    public static int limit(String text) {
        if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > LIMIT_MAX) {
            throw new BoardException(Code.INVALID_REQUEST);
        }
        return Integer.parseInt(text);
    }

    private Actor limited(RateWindow<PartyId> window, int perMinute) {
        Actor actor = caller.actor();
        if (!window.take(actor.party(), perMinute).granted()) {
            throw new BoardException(Code.RATE_LIMITED);
        }
        return actor;
    }

    private static <T> T named(String name, Function<String, T> id) {
        try {
            return id.apply(name);
        } catch (DataException malformed) {
            throw new BoardException(Code.NOT_FOUND, malformed);
        }
    }
}
