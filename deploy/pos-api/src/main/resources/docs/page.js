// Shows pos-api.yaml from the folder of this page; requests to its default server go to the server that served the page.
const DEFAULT_SERVER = 'http://localhost:8080/';

SwaggerUIBundle({
  url: 'pos-api.yaml',
  dom_id: '#swagger-ui',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  docExpansion: 'list',
  tryItOutEnabled: true,
  validatorUrl: null,
  requestInterceptor: (request) => {
    if (request.url.startsWith(DEFAULT_SERVER)) {
      request.url = `${window.location.origin}/${request.url.slice(DEFAULT_SERVER.length)}`;
    }
    return request;
  }
});
