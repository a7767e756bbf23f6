package io.tamis.holder.slots;

import io.tamis.holder.MessageType;
import java.util.Arrays;
import java.util.Optional;

/** The steps of a round, in order. */
public enum RoundStep {
    /** The platform's plan and the roots over its candidates. */
    PLAN("slots.plan"),
    /** Hashes of coins, of at least the threshold's number of holders. */
    COINS("slots.coin"),
    /** The coins: together they choose each slot's survivor. */
    REVEALS("slots.reveal"),
    /** The platform's seeds of all other candidates. */
    OPENING("slots.opening"),
    /** Whether every root was rebuilt, of at least the threshold's number of holders. */
    VERDICTS("slots.verdict");

    private final String type;

    RoundStep(String type) {
        this.type = type;
    }

    /** The type of this step's messages. */
    public MessageType type() {
        return new MessageType(type);
    }

    /** True when the platform speaks, not the holders. */
    public boolean ofPlatform() {
        return this == PLAN || this == OPENING;
    }

    /** The step with messages of this type. */
    public static Optional<RoundStep> of(MessageType type) {
        return Arrays.stream(values())
                .filter(step -> step.type.equals(type.value()))
                .findFirst();
    }
}
