package io.tamis.holder.ceremony;

import io.tamis.holder.MessageType;
import java.util.Arrays;
import java.util.Optional;

/** The steps of a ceremony, in order. Every holder says one thing in each; the next begins when all have. */
public enum Stage {
    /** The hash of a nonce. */
    COMMIT("ceremony.commit"),
    /** The nonce: all nonces together choose the common polynomial. */
    REVEAL("ceremony.reveal"),
    /** The root over the hashes of 4,096 key candidates, and the hash of a coin. */
    CANDIDATES("ceremony.candidates"),
    /** The coin: all coins together choose one candidate of each holder. */
    COINS("ceremony.coin"),
    /** The seeds of the other candidates, and the chosen candidate. */
    OPENINGS("ceremony.opening"),
    /** Whether all openings are right. */
    VERDICTS("ceremony.verdict"),
    /** Shamir shares of the chosen key, sealed to each other holder. */
    SHARES("ceremony.shares"),
    /** Partial openings of a test ciphertext, for every subset of the threshold's size; or whose share was unreadable. */
    SUBSETS("ceremony.subsets"),
    /** The key, signed; or, when a subset opened garbage, the ceremony's whole secret, so that the culprit is found. */
    DONE("ceremony.done");

    private final String type;

    Stage(String type) {
        this.type = type;
    }

    /** The type of this step's messages. */
    public MessageType type() {
        return new MessageType(type);
    }

    /** The step with messages of this type. */
    public static Optional<Stage> of(MessageType type) {
        return Arrays.stream(values())
                .filter(stage -> stage.type.equals(type.value()))
                .findFirst();
    }
}
