package dev.terminalcloud.posapi;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Maps every error to {@code {"error":"<text>"}}; internal details are only logged. */
public class ApiExceptionMapper {
    private static final Logger LOG = Logger.getLogger(ApiExceptionMapper.class);

    @ServerExceptionMapper
    Response apiError(ApiException refusal) {
        Response.ResponseBuilder response = error(refusal.status(), refusal.getMessage());
        refusal.retryAfter().ifPresent(wait -> response.header(HttpHeaders.RETRY_AFTER, Math.max(1, wait.toSeconds())));
        return response.build();
    }

    @ServerExceptionMapper({NotFoundException.class, NotAllowedException.class})
    Response unknown(WebApplicationException e) {
        return error(RequestError.NOT_FOUND).build();
    }

    @ServerExceptionMapper
    Response http(WebApplicationException e) {
        Response.StatusType status = e.getResponse().getStatusInfo();
        return error(status.getStatusCode(), status.getReasonPhrase()).build();
    }

    /** Replaces the framework's own answer, which names Java classes. */
    @ServerExceptionMapper
    Response malformed(MismatchedInputException e) {
        return error(400, "The body does not match the expected JSON").build();
    }

    @ServerExceptionMapper
    Response unexpected(Throwable e) {
        LOG.error("Unexpected error while handling a request", e);
        return error(RequestError.INTERNAL).build();
    }

    private static Response.ResponseBuilder error(RequestError reason) {
        return error(reason.error().status(), reason.error().text());
    }

    private static Response.ResponseBuilder error(int status, String text) {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(Map.of("error", text));
    }
}
