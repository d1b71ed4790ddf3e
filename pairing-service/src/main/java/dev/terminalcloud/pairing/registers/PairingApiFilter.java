package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.callbackurl.CallbackTargets;
import dev.terminalcloud.callbackurl.CallbackUrlError;
import dev.terminalcloud.posapi.PosApiDocument;
import dev.terminalcloud.posapi.RequestError;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;

/** Adds lengths, values and errors of pairing from the code to the OpenAPI description that the build writes. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class PairingApiFilter implements OASFilter {
    private static final String PATH = "/POS/Pairing/{pairingCode}";
    private static final String PARAMETERS = "PairingParameters";

    @Override
    public void filterOpenAPI(OpenAPI openApi) {
        PosApiDocument document = new PosApiDocument(openApi)
                .resource("/{pos}/{pairing}/{code}", PATH)
                .errors(PATH, HttpMethod.PUT, RequestError.values(), PairingError.values(), CallbackUrlError.values());
        Stream.of("POSRegisterID", "POSRegisterName", "POSBusinessName", "POSVendorName")
                .forEach(name -> document.maxLength(PARAMETERS, name, PairingRequest.MAX_LENGTH));
        ContactDetails.PARAMETERS.forEach(name -> document.maxLength(PARAMETERS, name, ContactDetails.MAX_LENGTH));
        document.maxLength(PARAMETERS, CallbackTargets.PARAMETER, CallbackTargets.MAX_URL_LENGTH);
        document.complete(PARAMETERS).finish();
    }
}
