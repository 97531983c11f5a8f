/** Spanish course texts of the Instituto Ejemplo del Guadiana (fictitious). */
export const spanish = `
= ia-administracion | 0613 | 3 | 6 | Inteligencia artificial en la administración local
Casos de atención ciudadana, subvenciones y tráfico para decidir con criterio.
- Evaluar los riesgos de un sistema automatizado
- Redactar requisitos para la contratación
@en Artificial intelligence in local government
= geriatria-auxiliar | 0921 | 4 | 3 | Atención sociosanitaria a personas mayores
Movilización, higiene, alimentación y trato digno en residencia y domicilio.
- Realizar movilizaciones seguras
- Detectar cambios y comunicarlos al equipo
= placas-solares | 0713 | 5 | 4 | Montaje y mantenimiento de instalaciones fotovoltaicas
Prácticas en cubierta y en planta con evaluación continua.
- Montar y conectar módulos con seguridad
- Localizar y corregir averías frecuentes
= riego-inteligente | 0811 | 4 | 5 | Riego inteligente con sensores
Ahorrar agua sin perder cosecha: sensores, datos y decisiones.
- Instalar y calibrar sondas de humedad
- Programar turnos de riego según datos
= olivar-ecologico | 0811 | 3 | 4 | Manejo ecológico del olivar
Cubiertas vegetales, poda y control biológico durante todo un año.
- Implantar una cubierta vegetal
- Reconocer plagas y enemigos naturales
= ciberseguridad-pyme | 0612 | 4 | 5 | Ciberseguridad para pymes
Cinco talleres y un simulacro de ataque en su propia empresa.
- Inventariar activos y riesgos
- Aplicar copias de seguridad y doble factor
- Elaborar un plan de continuidad
= proteccion-datos | 0421 | 2 | 6 | Protección de datos para asociaciones y clubes
Registros, imágenes de menores y ejercicio de derechos.
- Redactar cláusulas informativas claras
- Gestionar una brecha de seguridad
@into ciberseguridad-pyme
= contabilidad-autonomos | 0411 | 3 | 4 | Contabilidad e impuestos para autónomos
Un ejercicio fiscal completo con facturas reales anonimizadas.
- Llevar los libros registro obligatorios
- Preparar las declaraciones trimestrales
= soldadura-electrodo | 0715 | 5 | 3 | Soldadura con electrodo revestido
Taller diario con prueba de homologación opcional.
- Soldar uniones en ángulo en todas las posiciones
- Preparar bordes y controlar deformaciones
= educacion-infantil-musica | 0112 | 3 | 6 | Música y movimiento en educación infantil
Canciones, ritmos e instrumentos sencillos para el aula de cero a seis años.
- Diseñar propuestas musicales inclusivas
- Observar el desarrollo rítmico y motor
= logistica-frio | 1041 | 3 | 4 | Logística de la cadena de frío
De la finca al supermercado sin perder un grado.
- Controlar temperaturas y registros
- Planificar rutas con mercancía perecedera
= turismo-astronomico | 1015 | 2 | 5 | Turismo astronómico en zonas rurales
Noches de práctica bajo uno de los cielos más oscuros de Europa.
- Conducir una observación guiada
- Diseñar una experiencia segura y rentable
= espanol-sanitario | 0231 | 4 | - | Español para profesionales sanitarios (B2)
Anamnesis, informes y conversaciones difíciles.
- Realizar una anamnesis ordenada
- Explicar un tratamiento con palabras sencillas
= gestion-quesera | 0721 | 3 | 4 | Gestión de una quesería artesana
Seguridad alimentaria, costes y venta directa.
- Diseñar un sistema de autocontrol
- Calcular el coste de cada queso
= economia-circular-moda | 0723 | 3 | 6 | Economía circular en la moda
Materiales, reparación y segunda vida de las prendas.
- Analizar el ciclo de vida de una prenda
- Proponer un servicio de reparación viable
= mediacion-escolar | 0111 | 2 | 6 | Mediación escolar y convivencia
Protocolos, círculos restaurativos y acompañamiento.
- Facilitar un círculo restaurativo
- Diseñar un plan de convivencia
= realidad-virtual-formacion | 0211 | 4 | 6 | Realidad virtual para formar en prevención
Diseñar, grabar y evaluar una simulación breve.
- Escribir el guion de una simulación
- Evaluar el aprendizaje conseguido
= enfermeria-heridas | 0913 | 5 | 7 | Enfermería avanzada en heridas crónicas
Valoración, cura y seguimiento con telemedicina.
- Elegir el apósito según el tipo de lesión
- Documentar la evolución con imágenes seguras
= rehabilitacion-edificios | 0732 | 6 | 6 | Rehabilitación energética de edificios
Del libro del edificio a la gestión de ayudas.
- Diagnosticar patologías y consumos
- Comparar soluciones por coste y ahorro
= lengua-signos | 0231 | 4 | - | Lengua de signos española: atención al público
Comunicación básica en ventanilla, comercio y urgencias.
- Saludar, informar y orientar en lengua de signos
= dehesa-biodiversidad | 0522 | 4 | 7 | Biodiversidad y gestión de la dehesa
Inventarios, ganado y regeneración del arbolado.
- Realizar un inventario de biodiversidad
- Redactar un plan de gestión
= emprender-rural | 0413 | 2 | 4 | Emprender en el medio rural
De la idea a las primeras ventas con tutoría individual.
- Validar una idea con clientes reales
- Elaborar un plan financiero sencillo
= analisis-datos-salud | 0914 | 5 | 7 | Análisis de datos en salud pública
Indicadores, mapas y comunicación de resultados.
- Calcular e interpretar tasas ajustadas
- Representar datos en mapas comprensibles
= cuidado-cuidador | 0923 | 1 | 3 | Cuidar a quien cuida
Espacio de apoyo y herramientas para familias cuidadoras.
- Reconocer los signos de sobrecarga
- Organizar apoyos y descansos
= drones-agricultura | 0811 | 3 | 5 | Drones en agricultura de precisión
Vuelo, imagen multiespectral y mapas de prescripción.
- Planificar un vuelo conforme a la normativa
- Interpretar un índice de vegetación
= restauracion-colectiva | 1013 | 3 | 4 | Cocina sostenible en comedores escolares
Menús de temporada, alergias y desperdicio.
- Elaborar menús equilibrados y de proximidad
- Medir y reducir el desperdicio
= hidrogeno-verde | 0711 | 4 | 7 | Hidrógeno verde: producción y usos
Electrólisis, almacenamiento y casos industriales.
- Dimensionar una planta de electrólisis
- Evaluar la viabilidad económica
= archivo-familiar | 0322 | 1 | - | Digitalizar y conservar archivos familiares
Fotografías, cartas y grabaciones con medios caseros.
- Digitalizar con calidad suficiente
- Describir y guardar copias seguras
@country EN
= accesibilidad-web | 0613 | 3 | 5 | Accesibilidad web y documentos claros
Auditar y mejorar la web de una entidad pequeña.
- Aplicar las pautas internacionales de accesibilidad
- Redactar en lenguaje claro
= tecnico-ascensores | 0714 | 6 | 4 | Mantenimiento de ascensores
Mecánica, maniobra y rescate de personas.
- Realizar revisiones periódicas
- Ejecutar un rescate siguiendo el protocolo
`;
