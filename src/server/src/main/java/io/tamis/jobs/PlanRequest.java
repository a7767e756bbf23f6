package io.tamis.jobs;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import io.tamis.privacy.Loss;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a plan is made from; nothing in it comes from rows, but for the size of a list that the caller itself owns.
 *
 * @param params the type's own parameters, not yet read
 * @param inputs the datasets in the order of the request, each once
 * @param collaborating true inside a collaboration, where persons of several datasets can be joined
 * @param loss what the merchant offers to spend on each dataset
 * @param minUsers k, already the greatest of all that claim one
 */
public record PlanRequest(Json.Obj params, List<Input> inputs, boolean collaborating, Loss loss, int minUsers) {
    public PlanRequest {
        Objects.requireNonNull(params);
        Objects.requireNonNull(loss);
        inputs = List.copyOf(inputs);
    }

    /**
     * One dataset.
     *
     * @param dataset the declaration
     * @param version which version of it is asked about
     * @param rowsMost greatest number of rows the version, or a person in it, may have
     *     ({@link io.tamis.catalog.Snapshot#rowsMost})
     * @param ownUnits number of persons in it, when it is attached and the caller's party owns it; empty otherwise
     * @param own true when the caller's party owns it
     */
    public record Input(Dataset dataset, int version, long rowsMost, boolean own, OptionalLong ownUnits) {
        public Input {
            Objects.requireNonNull(dataset);
            Objects.requireNonNull(ownUnits);
            if (ownUnits.isPresent() && !own) {
                throw new IllegalArgumentException("the size of another's list is not for planning");
            }
        }
    }

    /** The same question with another threshold. */
    PlanRequest withMinUsers(int users) {
        return new PlanRequest(params, inputs, collaborating, loss, users);
    }

    /** The one dataset of a job type that reads one; a request with more is not of its form. */
    public Input single() {
        if (inputs.size() != 1) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return inputs.getFirst();
    }

    /** The input with this id. */
    public Optional<Input> input(DatasetId id) {
        return inputs.stream().filter(input -> input.dataset().id().equals(id)).findFirst();
    }
}
