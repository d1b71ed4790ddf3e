package dev.terminalcloud.posapi;

/** Errors that any request of a POS may cause. */
public enum RequestError implements ApiErrorCode {
    MISSING(new ApiError(
            400,
            "{parameter=POSRegisterID} is missing",
            "A mandatory parameter is absent or empty.",
            "Send the parameter.")),
    TOO_LONG(new ApiError(
            400,
            "{parameter=POSRegisterID} must be at most {limit=128} characters",
            "A parameter is too long.",
            "Send a shorter value.")),
    NUL_CHARACTER(new ApiError(
            400,
            "{parameter=POSRegisterID} must not contain U+0000",
            "A parameter contains U+0000, which can't be stored.",
            "Remove the character.")),
    UNPAIRED_SURROGATE(new ApiError(
            400,
            "{parameter=POSRegisterID} must not contain an unpaired surrogate",
            "A value was truncated inside a character.",
            "Truncate text at character boundaries.")),
    NOT_JSON(new ApiError(
            400,
            "The body is not valid JSON: {problem=Unexpected character (''' (code 39)): was expecting double-quote to start field name}",
            "The Content-Type is JSON but the body is not.",
            "Correct the body, or send a form.")),
    UNREADABLE_JSON(new ApiError(
            400,
            "The body must be JSON in UTF-8",
            "The Content-Type is JSON but the body is not UTF-8 text.",
            "Send the body as UTF-8.")),
    NOT_AN_OBJECT(new ApiError(
            400,
            "The body must be a JSON object",
            "The Content-Type is JSON but the body is an array, a string or a number.",
            "Send one object with the parameters as members.")),
    JSON_TOO_DEEP(new ApiError(
            400,
            "The body must be JSON of at most {limit=100} levels",
            "The objects and arrays of the JSON are nested too deep.",
            "Send the parameters as members of one object.")),
    TOO_MANY_PIECES(new ApiError(
            400,
            "Body and query must each have at most {limit=1000} pieces separated by &",
            "A form or query has too many &.",
            "Percent-encode the values: & is %26.")),
    TOO_MANY_PARAMETERS(new ApiError(
            400,
            "Body and query must each have at most {limit=200} parameters",
            "There are too many parameters.",
            "Send only parameters of this API.")),
    NOT_FOUND(new ApiError(
            404,
            "No such path or method",
            "The path or method is not part of this API.",
            "Check path and method against this document.")),
    BODY_TOO_LARGE(new ApiError(
            413, "The body is larger than 256 KiB", "The body is too large.", "Send less SaleData, or none.")),
    UNSUPPORTED_MEDIA_TYPE(new ApiError(
            415,
            "The body must be a form or JSON, was {type=multipart/form-data}",
            "The body is multipart.",
            "Send application/x-www-form-urlencoded or application/json.")),
    UNSUPPORTED_CHARSET(new ApiError(
            415,
            "The charset must be UTF-8, ISO-8859-1, windows-1252 or US-ASCII, was {charset=UTF-16}",
            "The Content-Type has a charset that this API does not read.",
            "Send the body as UTF-8.")),
    INTERNAL(new ApiError(
            500,
            "Internal error",
            "An internal error.",
            "Pairing or polling: retry later. Starting a transaction: check the device before you start another."));

    private final ApiError refusal;

    RequestError(ApiError refusal) {
        this.refusal = refusal;
    }

    @Override
    public ApiError error() {
        return refusal;
    }
}
