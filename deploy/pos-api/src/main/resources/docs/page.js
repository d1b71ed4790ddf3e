// Shows pos-api.yaml from the folder of this page; requests go to the server that served the page.
SwaggerUIBundle({
  url: 'pos-api.yaml',
  dom_id: '#swagger-ui',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  docExpansion: 'list',
  tryItOutEnabled: true,
  validatorUrl: null
});
