package io.tamis.cli.demo;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.JsonView;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What was planted in the made-up persons, read only to be printed beside the released values. No merchant ever sees it,
 * and the service does not know it.
 */
final class PlantedTruth {
    private final Map<Set<String>, Long> cells;
    private final JsonView campaign;

    private PlantedTruth(Map<Set<String>, Long> cells, JsonView campaign) {
        this.cells = cells;
        this.campaign = campaign;
    }

    /** Reads the truth beside the data. */
    static PlantedTruth read(Path file) {
        try {
            var truth = Json.parse(Files.readAllBytes(file));
            var view = JsonView.of(truth).at("cellsWithBrand");
            if (!(view.value() instanceof Json.Obj object)) {
                throw new IOException("no cells");
            }
            var cells = object.members().keySet().stream()
                    .collect(Collectors.toMap(
                            PlantedTruth::lists, name -> view.at(name).integer().orElseThrow()));
            JsonView campaign = JsonView.of(truth).at("reach").items().stream()
                    .filter(reach -> reach.at("campaign").text().equals(AcrossQuestions.CAMPAIGN))
                    .findFirst()
                    .orElseThrow();
            return new PlantedTruth(cells, campaign);
        } catch (IOException | DataException | NoSuchElementException unusable) {
            throw ClientException.usage("cannot read the demonstration's truth: " + file);
        }
    }

    private static Set<String> lists(String name) {
        return Arrays.stream(name.split("\\+")).map(AcrossQuestions::audience).collect(Collectors.toSet());
    }

    /** People who are on all of these lists, and perhaps on others. */
    long onAll(Set<String> audiences) {
        return sum(lists -> lists.containsAll(audiences));
    }

    /** People who are on at least one of these lists. */
    long onAny(Set<String> audiences) {
        return sum(lists -> lists.stream().anyMatch(audiences::contains));
    }

    /** People who are, of the lists asked about, on exactly these. */
    long onExactly(Set<String> these, Set<String> asked) {
        return sum(lists -> lists.stream()
                .filter(asked::contains)
                .collect(Collectors.toSet())
                .equals(these));
    }

    private long sum(Predicate<Set<String>> chosen) {
        return cells.entrySet().stream()
                .filter(cell -> chosen.test(cell.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** People whom the campaign reached anywhere so often or more. */
    long reachedAtLeast(int times) {
        return campaign.at("atLeast").at(times - 1).integer().orElseThrow();
    }

    /** People whom it reached there. */
    long reachedOn(String dataset) {
        return campaign.at("reach").at(dataset).integer().orElseThrow();
    }

    /** People whom it reached there and nowhere else. */
    long reachedOnlyOn(String dataset) {
        return reachedOn(dataset) - campaign.at("reach").at("both").integer().orElseThrow();
    }
}
