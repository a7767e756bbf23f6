package io.tamis.ledger.witness;

import io.tamis.data.Code;
import io.tamis.ledger.LedgerException;
import io.tamis.log.VerifierKey;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/** A witness as the operator named it: where it is asked, and the key its cosignatures verify under. */
record Peer(URI url, VerifierKey key) {
    private static final int URL_MAX = 512;
    private static final String CALL = "add-checkpoint";

    Peer {
        Objects.requireNonNull(key);
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        boolean plain = url.getRawQuery() == null && url.getRawFragment() == null && url.getRawUserInfo() == null;
        // A key that signs notes as such is a log's: a log that is its own witness is none.
        if (!key.type().timed()) {
            throw new LedgerException(Code.WITNESS_INVALID);
        }
        if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null || !plain) {
            throw new LedgerException(Code.WITNESS_INVALID);
        }
    }

    /**
     * Reads a witness's submission prefix and its vkey. Plain http is allowed: what a witness says is signed, and what it is
     * told is public.
     */
    static Peer parse(String prefix, String vkey) {
        if (prefix.length() > URL_MAX) {
            throw new LedgerException(Code.WITNESS_INVALID);
        }
        try {
            // By itself first: with the call behind it, a prefix without a host would have one.
            if (URI.create(prefix).getHost() == null) {
                throw new LedgerException(Code.WITNESS_INVALID);
            }
            String slashed = prefix.endsWith("/") ? prefix : prefix + "/";
            return new Peer(URI.create(slashed + CALL), VerifierKey.parse(vkey));
        } catch (LedgerException known) {
            throw known;
        } catch (RuntimeException unreadable) {
            throw new LedgerException(Code.WITNESS_INVALID, unreadable);
        }
    }

    /** What logs and metrics call it. */
    String name() {
        return key.name().value();
    }
}
