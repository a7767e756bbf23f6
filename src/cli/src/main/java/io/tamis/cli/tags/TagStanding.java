package io.tamis.cli.tags;

import io.tamis.cli.client.JsonView;
import io.tamis.data.Json;
import io.tamis.holder.TagName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How far a version's tags are.
 *
 * @param state of the round: NONE before the plan is sent, then that of the board (COINS, REVEALS, OPENING, VERDICTS, PASSED,
 *     FAILED, VOID)
 * @param missing whom the round waits for
 * @param encrypted ciphertexts lying here
 * @param uploaded ciphertexts that the service has
 */
public record TagStanding(
        TagTarget target, Optional<TagState> round, String state, List<String> missing, int encrypted, int uploaded) {
    static final String NONE = "NONE";
    static final String OPENING = "OPENING";
    static final String PASSED = "PASSED";
    static final String FAILED = "FAILED";
    static final String VOID = "VOID";

    public TagStanding {
        missing = List.copyOf(missing);
    }

    static TagStanding none(TagTarget target) {
        return new TagStanding(target, Optional.empty(), NONE, List.of(), 0, 0);
    }

    static TagStanding of(TagState state, Optional<JsonView> round, int encrypted, int uploaded) {
        return new TagStanding(
                new TagTarget(state.context().dataset(), state.context().version()),
                Optional.of(state),
                round.map(shown -> shown.at("state").text()).orElse(NONE),
                round.map(shown -> shown.at("missing").items().stream()
                                .map(JsonView::text)
                                .toList())
                        .orElse(List.of()),
                encrypted,
                uploaded);
    }

    boolean is(String other) {
        return state.equals(other);
    }

    /** True when every slot has its ciphertext at the service. */
    public boolean isComplete() {
        return is(PASSED) && uploaded == slots();
    }

    private int slots() {
        return round.map(TagState::slots).orElse(0);
    }

    /** For scripts. */
    public Json.Obj json() {
        var json = Json.object()
                .put("dataset", target.dataset().value())
                .put("version", target.version())
                .put("state", state)
                .put("complete", Json.of(isComplete()));
        round.ifPresent(known -> json.put("keyEpoch", known.context().keyEpoch().number())
                .put("try", known.context().attempt())
                .put(
                        "tags",
                        Json.strings(known.tags().stream()
                                .map(tag -> tag.name().value())
                                .toList()))
                .put("slots", slots())
                .put("encrypted", encrypted)
                .put("uploaded", uploaded)
                .put("masterErased", Json.of(known.master().isEmpty()))
                .put("missing", Json.strings(missing)));
        return json.build();
    }

    /** For people, one line. */
    public String line() {
        String version = target.dataset() + " version " + target.version() + ": ";
        if (round.isEmpty()) {
            return version + "no round in this folder; begin with tags commit";
        }
        String tags = round.get().tags().stream()
                .map(tag -> tag.name())
                .map(TagName::value)
                .collect(Collectors.joining(", "));
        return version + "tags " + tags + " in " + slots() + " slots, " + told();
    }

    private String told() {
        if (isComplete()) {
            return "all uploaded; the master is "
                    + (round.get().master().isEmpty() ? "erased" : "not erased yet (run tags upload)");
        }
        return switch (state) {
            case NONE -> "the plan is not sent yet (run tags commit again)";
            case OPENING -> "the coins are tossed: run tags open";
            case PASSED ->
                "passed by the holders; " + encrypted + " encrypted here, " + uploaded + " uploaded"
                        + (encrypted + uploaded == 0 ? ": run tags encrypt" : ": run tags upload");
            case FAILED -> "failed the holders' audit";
            case VOID -> "void, as holders fell silent: run tags commit again";
            default ->
                "waits for holders in step " + state + (missing.isEmpty() ? "" : ": " + String.join(", ", missing));
        };
    }
}
