package io.tamis.cli.holder;

import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.he.Tuple;
import io.tamis.holder.slots.SlotContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * In which rounds this holder has shown its coin. A cheating platform with a silent holder for a friend sees the coin, lets the
 * round become void when it would be exposed, and tries again: x voids make a bad slot's chance (x+1)/64. So a holder takes no
 * part in another round of a dataset once {@link SlotContext#VOIDS_MAX} rounds of it, under this key, have seen its coin and not
 * been passed by it. Rounds still under way count: what the service says of them is not believed.
 *
 * <p>Crash story: the list is on disk before the reveal is stored, and that before it leaves. A crash between counts a round
 * whose coin nobody saw; the same round goes on, and counts once.
 *
 * <p>NOT promised: a bound over several holders together. Each counts what it has shown itself, so n honest holders used one
 * after the other allow n times as many voids.
 */
final class Tosses {
    private static final int NAME_MAX = 2 * Hash.LENGTH;

    private final SealedFolder sealed;

    Tosses(SealedFolder sealed) {
        this.sealed = sealed;
    }

    /**
     * True when the holder may take part in this round: it has shown its coin in it already, or in few enough others.
     *
     * @param passed whether the holder passed the round of this name
     */
    boolean allow(SlotContext round, Predicate<String> passed) {
        List<String> shown = shown(round);
        return shown.contains(RoundShelf.name(round))
                || shown.stream().filter(passed.negate()).count() < SlotContext.VOIDS_MAX;
    }

    /** Writes down that the coin of this round is about to be shown; on disk when this returns. */
    void show(SlotContext round) {
        var shown = new ArrayList<>(shown(round));
        if (!shown.contains(RoundShelf.name(round))) {
            shown.add(RoundShelf.name(round));
            sealed.put(file(round), Json.strings(shown).canonicalBytes());
        }
    }

    private List<String> shown(SlotContext round) {
        return sealed.find(file(round))
                .map(bytes -> ((Json.Arr) Json.parse(bytes))
                        .items().stream()
                                .map(item -> JsonFields.text(item, NAME_MAX))
                                .toList())
                .orElse(List.of());
    }

    /** By epoch, platform and dataset, whichever version and attempt: a new version is a new try as well. */
    private static String file(SlotContext round) {
        return "tosses-"
                + Tuple.of("tamis-tosses-v1")
                        .number(round.keyEpoch().number())
                        .text(round.platform().value())
                        .text(round.dataset().value())
                        .sha256()
                        .hex();
    }
}
