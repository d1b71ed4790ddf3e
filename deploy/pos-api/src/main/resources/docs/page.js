// The document beside this page; what is tried from here goes to the server that gave the page.
SwaggerUIBundle({
  url: 'pos-api.yaml',
  dom_id: '#swagger-ui',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  docExpansion: 'list',
  tryItOutEnabled: true,
  validatorUrl: null
});
