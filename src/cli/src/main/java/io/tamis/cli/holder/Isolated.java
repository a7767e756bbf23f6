package io.tamis.cli.holder;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.data.TamisException;
import java.util.function.BooleanSupplier;

/** One thing among many: what is wrong with it is told, and does not keep the others from their turn. */
final class Isolated {
    private Isolated() {}

    /** What its turn came to; false when it failed. That the service is away is everybody's matter, and goes on up. */
    static boolean turn(HolderEvents events, String subject, BooleanSupplier turn) {
        try {
            return turn.getAsBoolean();
        } catch (ClientException unanswered) {
            if (unanswered.exit() == ExitCode.UNAVAILABLE || unanswered.exit() == ExitCode.LATER) {
                throw unanswered;
            }
            events.tell("failed", subject, unanswered.code().name());
            return false;
        } catch (TamisException coded) {
            events.tell("failed", subject, coded.code().name());
            return false;
        }
    }
}
