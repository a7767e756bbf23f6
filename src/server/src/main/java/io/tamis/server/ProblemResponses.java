package io.tamis.server;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;

/**
 * Names in the OpenAPI document the problems that any call can end with, so that no resource has to. The description that
 * the scanner gives a success by its status alone would hide the one of the response referred to, so it goes.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.RUNTIME_STARTUP)
public class ProblemResponses implements OASFilter {
    @Override
    public Operation filterOperation(Operation operation) {
        if (operation.getSecurity() != null && !operation.getSecurity().isEmpty()) {
            refer(operation, "401", "Unauthenticated");
            refer(operation, "403", "Forbidden");
        }
        operation.getResponses().getAPIResponses().values().stream()
                .filter(response -> response.getRef() != null)
                .forEach(response -> response.setDescription(null));
        refer(operation, "500", "Internal");
        refer(operation, "503", "Unavailable");
        return operation;
    }

    private static void refer(Operation operation, String status, String response) {
        operation
                .getResponses()
                .addAPIResponse(status, OASFactory.createAPIResponse().ref(response));
    }
}
